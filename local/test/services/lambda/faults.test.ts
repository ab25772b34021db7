import { expect, test } from 'vitest';
import { runLambda } from './runLambda.ts';

const REQUEST = /^RequestId: [0-9a-f-]{36} Error: /;

async function failureOf(source: string, event: unknown = {}): Promise<Record<string, unknown>> {
  const { addInline, lambda } = runLambda();
  addInline(source, { timeoutSeconds: 1 });
  const { payload, functionError, requestId } = await lambda.invoke('worker', JSON.stringify(event));
  const document: Record<string, unknown> = JSON.parse(payload);
  return {
    ...document,
    functionError,
    errorMessage: String(document['errorMessage']).replace(requestId, '<id>'),
  };
}

test.each([
  ['spins', 'exports.handler = async () => { for (;;); }'],
  ['waits', 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))'],
])('stops a function that %s longer than its timeout', async (_, source) => {
  expect(await failureOf(source)).toEqual({
    functionError: 'Unhandled',
    errorType: 'Sandbox.Timedout',
    errorMessage: 'RequestId: <id> Error: Task timed out after 1.00 seconds',
  });
});

test.each([
  ['exits with 1', 'process.exit(1)', 'Runtime exited with error: exit status 1'],
  ['exits with 0', 'process.exit(0)', 'Runtime exited without providing a reason'],
  ['fills the heap', 'const a = []; for (;;) a.push({ a })', 'Runtime exited with error: signal: killed'],
  [
    'fills memory outside the heap',
    'const a = []; for (;;) a.push(Buffer.alloc(4e6, 1))',
    'Runtime exited with error: signal: killed',
  ],
  [
    'kills its own process',
    'process.kill(process.pid, "SIGKILL")',
    'Runtime exited with error: exit status 128',
  ],
])('tells how a function ended that %s', async (_, statement, told) => {
  const { addInline, lambda } = runLambda();
  addInline(`exports.handler = async () => { ${statement} }`, { timeoutSeconds: 20 });

  const { payload } = await lambda.invoke('worker', '{}');

  const { errorType, errorMessage } = JSON.parse(payload);
  expect(errorType).toBe('Runtime.ExitError');
  expect(errorMessage.replace(REQUEST, '')).toBe(told);
});

test('describes an exception that nobody caught, and a rejection that nobody handled', async () => {
  const thrown =
    'exports.handler = () => new Promise(() => setTimeout(() => { throw new TypeError("lost") }))';
  const rejected = 'exports.handler = () => new Promise(() => { Promise.reject(new Error("lost")) })';

  expect(await failureOf(thrown)).toMatchObject({ errorType: 'TypeError', errorMessage: 'lost' });
  expect(await failureOf(rejected)).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: lost',
  });
});

test('leaves other invocations alone when one spins, and replaces the instance', async () => {
  const { addInline, lambda } = runLambda();
  addInline('exports.handler = async ({ spin }) => { while (spin); return "well"; }', { timeoutSeconds: 2 });

  const spinning = lambda.invoke('worker', '{"spin":true}');
  const others = await Promise.all([1, 2, 3].map(() => lambda.invoke('worker', '{}')));
  const after = await spinning.then(() => lambda.invoke('worker', '{}'));

  expect((await spinning).functionError).toBe('Unhandled');
  expect([...others, after].map(({ payload }) => payload)).toEqual(['"well"', '"well"', '"well"', '"well"']);
});

test('answers the next invocation after each way to end', async () => {
  const { addInline, lambda } = runLambda();
  addInline(`exports.handler = async ({ end }) => {
    if (end === 'exit') process.exit(3);
    if (end === 'throw') return new Promise(() => setTimeout(() => { throw new Error('x'); }));
    if (end === 'later') setTimeout(() => process.exit(1), 5);
    return 'well';
  }`);

  const ends = ['exit', null, 'throw', null, 'later'];
  const answers: (string | null)[] = [];
  for (const end of ends) {
    const { functionError } = await lambda.invoke('worker', JSON.stringify({ end }));
    answers.push(functionError);
  }

  expect(answers).toEqual(['Unhandled', null, 'Unhandled', null, null]);
});

test('runs one invocation at a time on an instance', async () => {
  const { addInline, lambda } = runLambda();
  addInline(`let running = 0;
    exports.handler = async () => {
      running += 1;
      const seen = running;
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return seen;
    };`);

  const answers = await Promise.all(Array.from({ length: 40 }, () => lambda.invoke('worker', '{}')));

  expect(new Set(answers.map(({ payload }) => payload))).toEqual(new Set(['1']));
});

test('starts more instances for invocations that only wait', async () => {
  const { addInline, lambda } = runLambda();
  addInline('exports.handler = () => new Promise((resolve) => setTimeout(() => resolve(1), 2000))', {
    timeoutSeconds: 5,
  });

  const begun = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => lambda.invoke('worker', '{}')));

  expect(performance.now() - begun).toBeLessThan(9000);
});

test('holds up a function that floods its log instead of the cloud', async () => {
  const { addInline, lambda, lines } = runLambda();
  addInline('exports.handler = async () => { for (;;) process.stdout.write("x".repeat(1000) + "\\n"); }', {
    timeoutSeconds: 1,
  });

  const { payload } = await lambda.invoke('worker', '{}');

  expect(JSON.parse(payload).errorType).toBe('Sandbox.Timedout');
  expect(lines.length).toBeGreaterThan(100);
});

test('names a function that does not exist', async () => {
  const { lambda } = runLambda();

  await expect(lambda.invoke('nobody', '{}')).rejects.toThrow('Function not found: nobody');
  expect(() => lambda.invokeLater('nobody', '{}')).toThrow('Function not found: nobody');
});

test('finds a function by its name, its ARN and its latest version', async () => {
  const { addInline, lambda } = runLambda();
  addInline('exports.handler = async () => 1');
  const arn = 'arn:aws:lambda:us-east-1:111111111111:function:worker';

  const found = ['worker', arn, `${arn}:$LATEST`, 'function:worker', '111111111111:function:worker'];

  expect(found.map((name) => lambda.exists(name))).toEqual(found.map(() => true));
  expect(['other', `${arn}:live`, ''].map((name) => lambda.exists(name))).toEqual([false, false, false]);
});

test('is warm after prewarm', async () => {
  const { addInline, lambda } = runLambda();
  addInline('const born = Date.now(); exports.handler = async () => born');
  const before = Date.now();
  await lambda.prewarm();
  const warm = Date.now();

  const { payload } = await lambda.invoke('worker', '{}');

  expect(Number(payload)).toBeGreaterThanOrEqual(before);
  expect(Number(payload)).toBeLessThanOrEqual(warm);
});
