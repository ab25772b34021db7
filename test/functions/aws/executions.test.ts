import { expect, test } from 'vitest';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { useWire } from '../fakes/wire.ts';

const wire = useWire();
const executions = () => import('../../../functions/aws/executions.ts');
const ID = parseOrderId('order-1');
const AT = '2026-01-01T00:00:00.000Z';
const refusal = (name: string) => ({ status: 400, body: JSON.stringify({ __type: name, message: 'No.' }) });
const asked = () => ({
  target: wire.heard.at(-1)?.headers['x-amz-target'],
  body: JSON.parse(wire.heard.at(-1)?.body ?? 'null'),
});

test('an execution has the name of its order, and an input that is always the same', async () => {
  wire.answer = () => ({ status: 200, body: '{"executionArn":"arn","startDate":1}' });
  const { startExecution } = await executions();

  await startExecution({ orderId: ID, at: AT });

  expect(asked()).toEqual({
    target: 'AWSStepFunctions.StartExecution',
    body: {
      stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:Orders',
      name: 'order-1',
      input: '{"orderId":"order-1","at":"2026-01-01T00:00:00.000Z"}',
    },
  });
});

test('an execution that has run already is as good as started', async () => {
  wire.answer = () => refusal('ExecutionAlreadyExists');
  const { startExecution } = await executions();

  await expect(startExecution({ orderId: ID, at: AT })).resolves.toBeUndefined();
});

test.each([
  ['CONFIRMED', 'SendTaskSuccess', { taskToken: 'token', output: '{"orderId":"order-1"}' }],
  ['REJECTED', 'SendTaskFailure', { taskToken: 'token', error: 'OrderRejected' }],
  ['CANCELLED', 'SendTaskFailure', { taskToken: 'token', error: 'OrderCancelled' }],
] as const)('a decision %s is told by %s', async (kind, action, body) => {
  wire.answer = () => ({ status: 200, body: '{}' });
  const { answerTask } = await executions();

  expect(await answerTask('token', ID, kind)).toBe(true);
  expect(asked()).toEqual({ target: `AWSStepFunctions.${action}`, body });
});

test.each(['EXPIRED', 'FAILED'] as const)('nobody waits to hear of %s', async (kind) => {
  const { answerTask } = await executions();

  expect(await answerTask('token', ID, kind)).toBe(true);
  expect(wire.heard).toEqual([]);
});

test.each(['TaskTimedOut', 'InvalidToken'])('a token is spent after %s', async (name) => {
  wire.answer = () => refusal(name);
  const { answerTask } = await executions();

  expect(await answerTask('token', ID, 'CONFIRMED')).toBe(false);
});

test('tells throttling from a spent token', async () => {
  wire.answer = () => refusal('ThrottlingException');
  const { answerTask } = await executions();

  await expect(answerTask('token', ID, 'CONFIRMED')).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(wire.heard).toHaveLength(3);
});
