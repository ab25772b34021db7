import { describe, expect, test, vi } from 'vitest';
import { handler as decisionCreated } from '../../../functions/recovery/decisionCreated.ts';
import { handler as executionEnded } from '../../../functions/recovery/executionEnded.ts';
import { handler as requestCreated } from '../../../functions/recovery/requestCreated.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const created = (key: string) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { object: { key } },
});
const ended = (name: string, status: string) => ({ source: 'aws.states', detail: { name, status } });
const withoutWakeUp = async (action: () => Promise<unknown>) => {
  world.around = async ({ name }, perform) => {
    if (name === 'answer') throw awsIsBroken();
    return perform();
  };
  await action();
  world.around = async (_operation, perform) => perform();
};

describe('what a crash left undone', () => {
  test('a request without an execution is started', async () => {
    await requestCreated(created('requests/order-1.json'));

    expect(world.started).toEqual([ID]);
  });

  test('a decision without a wake-up is told to the execution', async () => {
    await receiveAndPause();
    await withoutWakeUp(() => decide(true));

    await decisionCreated(created('decisions/order-1.json'));
    await decisionCreated(created('decisions/order-1.json'));

    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CONFIRMED' }]);
  });

  test('a wake-up that fails again is for Lambda to try again', async () => {
    await receiveAndPause();
    await withoutWakeUp(() => decide(true));

    const again = withoutWakeUp(() => decisionCreated(created('decisions/order-1.json')));

    await expect(again).rejects.toMatchObject({ name: 'InternalError' });
  });

  test('an early decision waits for its token', async () => {
    await receive();
    await decide(true);

    await decisionCreated(created('decisions/order-1.json'));

    expect(world.answered).toEqual([]);
  });

  test('nobody is woken for an order that has ended', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    world.operations.length = 0;

    await decisionCreated(created('decisions/order-1.json'));

    expect(world.operations).toEqual(['read orders/order-1.json']);
  });

  test.each([['tokens/order-1.json'], ['requests/a/b.json'], ['requests/.json'], ['requests/a%2Fb.json']])(
    'the object %s is none of its business',
    async (key) => {
      await requestCreated(created(key));
      await decisionCreated(created(key));

      expect(world.operations).toEqual([]);
    },
  );
});

describe('an execution that ended without a step that could close its order', () => {
  test.each(['FAILED', 'ABORTED', 'TIMED_OUT'])('closes the order once when it is %s', async (status) => {
    await receiveAndPause();

    await executionEnded(ended(ID, status));
    await executionEnded(ended(ID, status));

    const reason = `The execution ended as ${status}.`;
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      decision: { kind: 'FAILED', reason },
    });
    expect(world.published.filter((event) => event.status === 'FAILED')).toMatchObject([
      { version: 4, reason },
    ]);
    expect([...world.objects.keys()].some((key) => key.startsWith('pending/'))).toBe(false);
  });

  test('leaves a completed order alone', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });

    await executionEnded(ended(ID, 'FAILED'));

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED' });
  });

  test.each([
    [ID, 'SUCCEEDED'],
    ['by hand', 'FAILED'],
    ['unknown', 'ABORTED'],
  ])('writes nothing for the execution %j that is %s', async (name, status) => {
    await executionEnded(ended(name, status));

    expect(world.objects.size).toBe(0);
  });
});
