import { describe, expect, test, vi } from 'vitest';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { handler as failStep } from '../../../functions/steps/failOrder.ts';
import { decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const pending = () => [...world.objects.keys()].filter((key) => key.startsWith('waiting/'));

describe('FailOrder', () => {
  const fail = (error: string | null) => failStep({ orderId: ID, error, cause: 'token-0 at arn:aws:lambda' });

  test.each([
    ['before the workflow has written anything', receive, 2],
    ['while it is paused', receiveAndPause, 4],
  ] as const)('ends an order as FAILED %s, and fails the execution', async (_when, until, version) => {
    await until();

    await expect(fail('Lambda.Timeout')).rejects.toMatchObject({ name: 'OrderFailed' });

    const reason = 'The workflow failed with Lambda.Timeout.';
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      version,
      decision: { kind: 'FAILED', reason },
    });
    expect(world.published.at(-1)).toMatchObject({ status: 'FAILED', version, reason });
    expect(pending()).toEqual([]);
  });

  test.each([
    ['Lambda.Unknown', 'Lambda.Unknown'],
    [null, 'an error without a name'],
    ['', 'an error without a name'],
    ['an error with arn:aws:lambda', 'an error without a name'],
    ['{"token": 1} Error', 'an error without a name'],
  ])('names the error %j as %s, in the log and for the alarms', async (error, name) => {
    await receiveAndPause();

    await expect(fail(error)).rejects.toMatchObject({ message: `Order "order-1" failed with ${name}.` });
    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'An order failed.', orderId: ID, error: name }),
    );
  });

  test('logs the request id of Lambda with the order', async () => {
    await receiveAndPause();

    await failStep({ orderId: ID, error: 'Error', cause: null }, { awsRequestId: 'request-1' }).catch(
      () => {},
    );

    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'An order failed.', orderId: ID, correlationId: 'request-1' }),
    );
  });

  test('shows the message of no other error than WorkRefused', async () => {
    await receiveAndPause();
    const cause = JSON.stringify({ errorMessage: 'an internal' });

    await failStep({ orderId: ID, error: 'WorkFailed', cause }).catch(() => {});

    expect(stored('decisions/order-1.json')).toMatchObject({
      reason: 'The workflow failed with WorkFailed.',
    });
  });

  test('a refusal without a cause has the name of its error', async () => {
    await receiveAndPause();

    await failStep({ orderId: ID, error: 'WorkRefused', cause: null }).catch(() => {});

    expect(stored('decisions/order-1.json')).toMatchObject({
      reason: 'The workflow failed with WorkRefused.',
    });
  });

  test('a decision that stands stays, and the order fails in plain sight', async () => {
    await receiveAndPause();
    await decide(true);

    await expect(fail('Error')).rejects.toMatchObject({ name: 'OrderFailed' });

    expect(stored('decisions/order-1.json')).toMatchObject({ kind: 'CONFIRMED' });
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      decision: { kind: 'CONFIRMED' },
    });
  });

  test('an order that has ended stays as it is', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });

    await expect(fail('Error')).rejects.toMatchObject({ name: 'OrderFailed' });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
  });

  test('says nothing of the cause, which may hold internals', async () => {
    await receiveAndPause();

    await expect(fail('an odd {name}')).rejects.toMatchObject({ name: 'OrderFailed' });

    const said = JSON.stringify([
      [...world.objects].filter(([key]) => !key.startsWith('waiting/')),
      world.published,
      world.logged,
    ]);
    expect(said).not.toMatch(/token-0|arn:|odd/);
  });

  test('no step revives an order that has failed', async () => {
    await receiveAndPause();
    await decide(true);
    await fail('Error').catch(() => {});

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderFailed' });
  });
});
