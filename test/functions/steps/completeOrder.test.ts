import { describe, expect, test, vi } from 'vitest';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));
vi.mock('../../../functions/work/beforeApproval.ts', () => ({ beforeApproval: null }));
vi.mock('../../../functions/work/afterApproval.ts', () => ({ afterApproval: null }));

useFakes();

const heard = () => world.published.map(({ version, status }) => `${version} ${status}`);
const pending = () => [...world.objects.keys()].filter((key) => key.startsWith('waiting/'));
const ended = () => [...world.objects.keys()].filter((key) => key.startsWith('ended/'));

describe('CompleteOrder', () => {
  test('confirms and completes, each as a version of its own, and takes the order off the worklist', async () => {
    await receiveAndPause();
    await decide(true, 'in stock');

    const output = await completeStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'COMPLETED' });
    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED']);
    expect(world.published[2]).toMatchObject({ decidedBy: 'Ada', reason: 'in stock', deadline: null });
    expect(stored('orders/order-1.json')).toMatchObject({ deadline: null, decision: { kind: 'CONFIRMED' } });
    expect(pending()).toEqual([]);
  });

  test('a second run changes nothing and publishes the same versions again', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    const before = world.objects.get('orders/order-1.json');

    const output = await completeStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'COMPLETED' });
    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(heard().slice(-2)).toEqual(['4 CONFIRMED', '5 COMPLETED']);
  });

  test('writes both versions at once where no work comes in between', async () => {
    await receiveAndPause();
    await decide(true);
    world.operations.length = 0;

    await completeStep({ orderId: ID });

    expect(world.operations.filter((operation) => operation.includes('orders/'))).toEqual([
      'read orders/order-1.json',
      'replace orders/order-1.json',
    ]);
  });

  test('a second run makes up for what a crash after the write has left undone', async () => {
    await receiveAndPause();
    await decide(true);
    let isDead = false;
    world.around = async ({ name, key }, perform) => {
      if (isDead) throw new Error('dead');
      isDead = name === 'replace' && key.startsWith('orders/');
      return perform();
    };
    await completeStep({ orderId: ID }).catch(() => {});
    world.around = async (_operation, perform) => perform();
    world.published.length = 0;

    await completeStep({ orderId: ID });

    expect(heard()).toEqual(['4 CONFIRMED', '5 COMPLETED']);
    expect(pending()).toEqual([]);
    expect(ended()).toHaveLength(1);
  });

  test('makes up for a pause that the workflow never wrote', async () => {
    await receive();
    await decide(true);

    await completeStep({ orderId: ID });

    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED']);
  });

  test('completes nothing without a decision on record', async () => {
    await receiveAndPause();

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'DecisionMissing' });
    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED' });
  });

  test('completes nothing against the decision on record', async () => {
    await receiveAndPause();
    await decide(false);

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'DecisionMissing' });
  });
});

test.each([
  ['none', async () => {}],
  ['REJECTED', () => decide(false)],
] as const)(
  'an order with the decision %s is not completed, and the error says so',
  async (kind, decideOrNot) => {
    await receiveAndPause();
    await decideOrNot();

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({
      name: 'DecisionMissing',
      message: `Order "order-1" has the decision ${kind} on record, not CONFIRMED.`,
    });
  },
);
