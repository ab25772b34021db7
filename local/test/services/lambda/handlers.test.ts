import { basename } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { runLambda } from './runLambda.ts';

async function answerOf(
  source: string,
  { event = {}, runtime = 'nodejs24.x' }: { event?: unknown; runtime?: string } = {},
): Promise<unknown> {
  const { addInline, lambda } = runLambda();
  addInline(source, { runtime });
  const { payload, functionError } = await lambda.invoke('worker', JSON.stringify(event));
  return functionError === null ? JSON.parse(payload) : { functionError, ...JSON.parse(payload) };
}

test('gives the event to an async handler and its result to the caller', async () => {
  expect(
    await answerOf('exports.handler = async (event) => ({ got: event })', { event: { a: [1, 'ä'] } }),
  ).toEqual({
    got: { a: [1, 'ä'] },
  });
});

test('takes an answer from the callback, once nothing else is left to do', async () => {
  const source = `let order = [];
    exports.handler = (event, context, callback) => {
      callback(null, order);
      setTimeout(() => order.push('later'), 20);
    };`;

  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toEqual(['later']);
});

test('takes an answer from the callback at once when the handler does not wait for the event loop', async () => {
  const source = `exports.handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, 'at once');
    };`;

  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toBe('at once');
});

test('takes an error from the callback', async () => {
  const source = 'exports.handler = (event, context, callback) => callback(new TypeError("no"))';

  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toMatchObject({
    functionError: 'Unhandled',
    errorType: 'TypeError',
    errorMessage: 'no',
  });
});

test('answers null for undefined, and for a handler that says nothing', async () => {
  expect(await answerOf('exports.handler = async () => {}')).toBeNull();
  expect(await answerOf('exports.handler = () => {}')).toBeNull();
  const silent = 'exports.handler = (event, context, callback) => {}';
  expect(await answerOf(silent, { runtime: 'nodejs22.x' })).toBeNull();
});

test.each(['nodejs24.x', 'nodejs26.x'])('%s has no callbacks', async (runtime) => {
  const sources = [
    'exports.handler = (event, context, callback) => callback(null, 1)',
    'exports.handler = async (event, context, callback) => 1',
    'exports.handler = function (a, b, c, d) { return 1; }',
  ];

  const answers = await Promise.all(sources.map((source) => answerOf(source, { runtime })));

  const refused = {
    functionError: 'Unhandled',
    errorType: 'Runtime.CallbackHandlerDeprecated',
    errorMessage: expect.stringContaining(
      'has removed support for callback-based function handlers starting with Node.js 24',
    ),
  };
  expect(answers).toEqual([refused, refused, refused].map((one) => expect.objectContaining(one)));
});

test.each(['(event, context = {}, callback) => 1', '(...words) => words.length'])(
  'nodejs24.x counts the declared parameters, as Lambda does: %s',
  async (source) => {
    expect(await answerOf(`exports.handler = ${source}`)).toEqual(expect.any(Number));
  },
);

test('a handler of nodejs24.x gets two arguments, and a context without the old methods', async () => {
  const source = `exports.handler = function (event, context) { return [arguments.length,
    ...['callbackWaitsForEmptyEventLoop', 'done', 'succeed', 'fail'].map((name) => typeof context[name])]; }`;

  const kinds = 'undefined undefined undefined undefined'.split(' ');
  expect(await answerOf(source)).toEqual([2, ...kinds]);
  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toEqual([
    3,
    'boolean',
    'function',
    'function',
    'function',
  ]);
});

test('nodejs24.x answers with what a handler returned, whatever else goes on; nodejs22.x waits when that is nothing', async () => {
  const source = `let order = 'early';
    exports.handler = () => { setTimeout(() => { order = 'late'; console.log(order); }, 50); };`;
  const { addInline, lambda, lines } = runLambda();
  addInline(source, { runtime: 'nodejs24.x' });

  const answer = await lambda.invoke('worker', '{}');

  expect(answer).toMatchObject({ payload: 'null', functionError: null });
  expect(lines).toEqual([]);
  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toBeNull();
});

test.each([
  ['succeed("done")', 'done'],
  ['done(null, "done")', 'done'],
  ['fail(new TypeError("no"))', expect.objectContaining({ errorType: 'TypeError' })],
])('a handler of nodejs22.x may answer by context.%s', async (call, answer) => {
  const source = `exports.handler = (event, context) => { context.${call}; }`;

  expect(await answerOf(source, { runtime: 'nodejs22.x' })).toEqual(answer);
});

test.each(['nodejs20.x', 'nodejs22.x', 'nodejs24.x'])(
  'the environment names the runtime of the template: %s',
  async (runtime) => {
    expect(await answerOf('exports.handler = async () => process.env.AWS_EXECUTION_ENV', { runtime })).toBe(
      `AWS_Lambda_${runtime}`,
    );
  },
);

test('fails an async handler that can never settle', async () => {
  expect(await answerOf('exports.handler = async () => new Promise(() => {})')).toMatchObject({
    errorType: 'Runtime.NodeJsExit',
  });
});

test('describes a thrown error by type, message and trace', async () => {
  const source = `class OrderRejected extends Error { constructor(m) { super(m); this.name = 'OrderRejected'; } }
    exports.handler = async () => { throw new OrderRejected('too late'); };`;

  expect(await answerOf(source)).toEqual({
    functionError: 'Unhandled',
    errorType: 'OrderRejected',
    errorMessage: 'too late',
    trace: expect.arrayContaining(['OrderRejected: too late']),
  });
});

test.each([
  ['"plain text"', { errorType: 'string', errorMessage: 'plain text', trace: [] }],
  ['{ a: 1 }', { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
  ['7', { errorType: 'number', errorMessage: '7', trace: [] }],
  ['undefined', { errorType: 'handled' }],
])('describes %s, which is thrown and is no error', async (thrown, document) => {
  expect(await answerOf(`exports.handler = async () => { throw ${thrown}; }`)).toMatchObject(document);
});

test('refuses a result that is not JSON', async () => {
  expect(await answerOf('exports.handler = async () => 1n')).toMatchObject({
    errorType: 'Runtime.JSONStringifyError',
    errorMessage: 'Unable to stringify response body',
  });
});

test('refuses a result of more than 6 MB', async () => {
  expect(await answerOf('exports.handler = async () => "x".repeat(7e6)')).toEqual({
    functionError: 'Unhandled',
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('gives the context that Lambda gives', async () => {
  const source = `exports.handler = async (event, context) =>
      ({ ...context, remaining: context.getRemainingTimeInMillis() });`;

  expect(await answerOf(source)).toMatchObject({
    functionName: 'worker',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:111111111111:function:worker',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/worker',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    remaining: expect.closeTo(3000, -3),
  });
});

test('gives the variables of Lambda and of the template, and none of the host', async () => {
  process.env['SECRET_OF_THE_HOST'] = 'mine';
  const { addInline, lambda } = runLambda();
  addInline('exports.handler = async () => process.env', { environment: { BUCKET: 'orders' } });

  const { payload } = await lambda.invoke('worker', '{}');

  const variables: unknown = JSON.parse(payload);
  expect(variables).toMatchObject({
    BUCKET: 'orders',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'worker',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  });
  expect(variables).not.toHaveProperty('SECRET_OF_THE_HOST');
  expect(variables).not.toHaveProperty('HOME');
  delete process.env['SECRET_OF_THE_HOST'];
});

test('shows the cloud time, also after it was put forward', async () => {
  const { addInline, lambda, clock } = runLambda();
  addInline(`exports.handler = async () => {
    class Mine extends Date {}
    return [Date.now(), new Date().getTime(), Date.parse(Date()), new Mine().getTime(),
      new Date(5).getTime(), new Date() instanceof Date, new Date().constructor === Date, Date.UTC(1970, 0, 2)];
  }`);
  await lambda.invoke('worker', '{}');
  clock.advance(72 * 3_600_000);

  const { payload } = await lambda.invoke('worker', '{}');

  const seen: readonly unknown[] = JSON.parse(payload);
  for (const time of seen.slice(0, 4)) expect(time).toBeGreaterThan(Date.now() + 71 * 3_600_000);
  expect(seen.slice(4)).toEqual([5, true, true, 86_400_000]);
});

test('a stack trace names file and line of the source where the bundle has a source map', async () => {
  const source = `type Order = { readonly id: string };

export const handler = async ({ id }: Order): Promise<never> => {
  throw new Error(id);
};
`;
  const { outputFiles } = await build({
    stdin: { contents: source, sourcefile: 'orders.ts', loader: 'ts' },
    outfile: 'index.mjs',
    format: 'esm',
    minify: true,
    sourcemap: 'linked',
    write: false,
  });
  const files = outputFiles.map(({ path, text }) => [basename(path), text]);
  const { addFiles, lambda, logFile, stop } = runLambda();
  addFiles(Object.fromEntries(files));

  const { payload } = await lambda.invoke('worker', '{"id":"o-1"}');
  await stop();

  expect(JSON.parse(payload).trace.join('\n')).toMatch(/^Error: o-1\n.*orders\.ts:4:9/s);
  expect(logFile()).toMatch(/orders\.ts:4:9/);
});
