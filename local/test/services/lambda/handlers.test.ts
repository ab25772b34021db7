import { expect, test } from 'vitest';
import { runLambda } from './runLambda.ts';

async function answerOf(source: string, event: unknown = {}): Promise<unknown> {
  const { addInline, lambda } = runLambda();
  addInline(source);
  const { payload, functionError } = await lambda.invoke('worker', JSON.stringify(event));
  return functionError === null ? JSON.parse(payload) : { functionError, ...JSON.parse(payload) };
}

test('gives the event to an async handler and its result to the caller', async () => {
  expect(await answerOf('exports.handler = async (event) => ({ got: event })', { a: [1, 'ä'] })).toEqual({
    got: { a: [1, 'ä'] },
  });
});

test('takes an answer from the callback, once nothing else is left to do', async () => {
  const source = `let order = [];
    exports.handler = (event, context, callback) => {
      callback(null, order);
      setTimeout(() => order.push('later'), 20);
    };`;

  expect(await answerOf(source)).toEqual(['later']);
});

test('takes an answer from the callback at once when the handler does not wait for the event loop', async () => {
  const source = `exports.handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, 'at once');
    };`;

  expect(await answerOf(source)).toBe('at once');
});

test('takes an error from the callback', async () => {
  expect(
    await answerOf('exports.handler = (event, context, callback) => callback(new TypeError("no"))'),
  ).toMatchObject({ functionError: 'Unhandled', errorType: 'TypeError', errorMessage: 'no' });
});

test('answers null for undefined, and for a handler that says nothing', async () => {
  expect(await answerOf('exports.handler = async () => {}')).toBeNull();
  expect(await answerOf('exports.handler = (event, context, callback) => {}')).toBeNull();
});

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

test('refuses a result that is no JSON', async () => {
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
