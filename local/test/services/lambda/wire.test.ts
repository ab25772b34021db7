import { expect, test, vi } from 'vitest';
import { invokeRequest, runLambda } from './runLambda.ts';

const ECHO = 'exports.handler = async (event, context) => ({ event, client: context.clientContext })';

function runEcho(source = ECHO) {
  const running = runLambda();
  running.addInline(source);
  const send = async (name: string, message: Parameters<typeof invokeRequest>[1] = {}, query = '') => {
    const { status, headers, body } = await running.lambda.handle({ ...invokeRequest(name, message), query });
    const text = String(body);
    return { status, headers, body: text === '' ? null : JSON.parse(text) };
  };
  return { ...running, send };
}

test('answers the result of the function', async () => {
  const { send } = runEcho();

  const answer = await send('worker', { body: '{"a":"ä"}' });

  expect(answer).toMatchObject({ status: 200, body: { event: { a: 'ä' } } });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
    'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(answer.headers).not.toHaveProperty('x-amz-function-error');
});

test('takes no payload for an empty object', async () => {
  const { send } = runEcho();

  expect((await send('worker')).body).toEqual({ event: {} });
});

test('marks the failure of the function', async () => {
  const { send } = runEcho('exports.handler = async () => { throw new TypeError("no") }');

  expect(await send('worker')).toMatchObject({
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: { errorType: 'TypeError', errorMessage: 'no' },
  });
});

test('hands on the client context', async () => {
  const { send } = runEcho();
  const header = Buffer.from('{"custom":{"a":1}}').toString('base64');

  const { body } = await send('worker', { headers: { 'x-amz-client-context': header } });

  expect(body.client).toEqual({ custom: { a: 1 } });
});

test('gives the end of the log when it is asked for', async () => {
  const { send } = runEcho('exports.handler = async () => { console.log("hello"); }');
  await send('worker');

  const { headers } = await send('worker', { headers: { 'x-amz-log-type': 'Tail' } });

  const log = Buffer.from(headers['x-amz-log-result'] ?? '', 'base64').toString();
  const id = headers['x-amzn-requestid'];
  expect(log.split('\n')).toEqual([
    `START RequestId: ${id} Version: $LATEST`,
    expect.stringMatching(new RegExp(`^\\d{4}-.*Z\t${id}\tINFO\thello$`)),
    `END RequestId: ${id}`,
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\t$`,
      ),
    ),
    '',
  ]);
});

test('accepts an event at once and keeps its request id', async () => {
  const { send, lines } = runEcho(
    'exports.handler = async (event, context) => console.log(context.awsRequestId)',
  );

  const answer = await send('worker', { headers: { 'x-amz-invocation-type': 'Event' }, body: '{}' });

  expect(answer).toMatchObject({ status: 202, body: null });
  const id = answer.headers['x-amzn-requestid'] ?? '';
  await vi.waitFor(() => expect(lines.join('\n')).toContain(`INFO\t${id}`), { timeout: 5000 });
});

test('only checks a dry run', async () => {
  const { send, lines } = runEcho('exports.handler = async () => console.log("ran")');

  const answer = await send('worker', { headers: { 'x-amz-invocation-type': 'DryRun' } });

  expect(answer).toMatchObject({ status: 204, body: null });
  expect(lines).toEqual([]);
});

test.each([
  'worker',
  'function:worker',
  '111111111111:function:worker',
  encodeURIComponent('arn:aws:lambda:us-east-1:111111111111:function:worker'),
  'arn:aws:lambda:us-east-1:111111111111:function:worker:$LATEST',
])('finds the function that is named as %s', async (name) => {
  const { send } = runEcho();

  expect((await send(name)).status).toBe(200);
});

const ARN = 'arn:aws:lambda:us-east-1:111111111111:function:';
const LARGE = `"${'x'.repeat(6_291_456)}"`;

test.each([
  [
    'nobody',
    {},
    404,
    'ResourceNotFoundException',
    { Type: 'User', Message: `Function not found: ${ARN}nobody` },
  ],
  [
    'worker:live',
    {},
    404,
    'ResourceNotFoundException',
    { Type: 'User', Message: `Function not found: ${ARN}worker:live` },
  ],
  [
    'wor%20ker',
    {},
    400,
    'ValidationException',
    { message: expect.stringContaining("Value 'wor ker' at 'functionName'") },
  ],
  ['%E0%A4%A', {}, 400, 'ValidationException', { message: expect.stringContaining('%E0%A4%A') }],
  [
    'worker',
    { body: '{"a":' },
    400,
    'InvalidRequestContentException',
    { message: expect.stringMatching(/^Could not parse request body into json: /) },
  ],
  ['worker', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'InvalidRequestContentException', {}],
  ['worker', { body: LARGE }, 413, 'RequestEntityTooLargeException', {}],
  [
    'worker',
    { body: `"${'x'.repeat(1_048_576)}"`, headers: { 'x-amz-invocation-type': 'Event' } },
    413,
    'RequestEntityTooLargeException',
    { message: '1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)' },
  ],
  ['worker', { headers: { 'x-amz-invocation-type': 'Later' } }, 400, 'ValidationException', {}],
  ['worker', { headers: { 'x-amz-client-context': 'e30x' } }, 400, 'InvalidRequestContentException', {}],
])('refuses an invocation of %s', async (name, message, status, type, body) => {
  const { send } = runEcho();

  expect(await send(name, message)).toMatchObject({ status, headers: { 'x-amzn-errortype': type }, body });
});

test('refuses an alias in the query, and every other action', async () => {
  const { send, lambda } = runEcho();

  const others = await lambda.handle({
    ...invokeRequest('worker'),
    method: 'GET',
    path: '/2015-03-31/functions/',
  });

  expect(await send('worker', {}, 'Qualifier=live')).toMatchObject({ status: 404 });
  expect(await send('worker', {}, 'Qualifier=%24LATEST')).toMatchObject({ status: 200 });
  expect(others).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'UnknownOperationException' } });
});
