import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as expireStep } from '../../../functions/steps/expireOrder.ts';
import { handler as failStep } from '../../../functions/steps/failOrder.ts';
import { DAY_SECONDS, decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { letPass, useFakes } from '../fakes/useFakes.ts';
import { stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const cancel = () => cancelOrder({ orderId: ID, decidedBy: 'Bob', reason: 'too late' });
const heard = () => world.published.map(({ version, status }) => `${version} ${status}`);

describe('ExpireOrder', () => {
  test('decides and ends the order as EXPIRED; a second run changes nothing', async () => {
    await receiveAndPause();
    letPass(72);

    const output = await expireStep({ orderId: ID });
    const before = structuredClone([...world.objects]);
    await expireStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'EXPIRED' });
    expect([...world.objects]).toEqual(before);
    expect(stored('decisions/order-1.json')).toMatchObject({
      kind: 'EXPIRED',
      decidedBy: null,
      reason: null,
    });
    expect(heard().slice(2)).toEqual(['4 EXPIRED', '4 EXPIRED']);
  });

  test.each([
    ['OrderConfirmed', () => decide(true)],
    ['OrderRejected', () => decide(false)],
    ['OrderCancelled', cancel],
  ] as const)('obeys a decision that came first: %s', async (name, decideSo) => {
    await receiveAndPause();
    await decideSo();
    letPass(72);

    await expect(expireStep({ orderId: ID })).rejects.toMatchObject({ name });
    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED' });
  });

  test.each([
    ['a moment', 72 - 1 / 3600],
    ['less than an interval', 49],
  ])('waits for a deadline that is %s ahead, and says so in the log', async (_what, hours) => {
    await receiveAndPause();
    letPass(hours);

    const early = expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    await expect(early).rejects.toMatchObject({ name: 'DeadlineAhead' });
    expect(stored('decisions/order-1.json')).toBeNull();
    expect(world.logged.join()).toContain('A wait ended before its deadline.');
  });

  test('an order with more than an interval left expires: its settings have changed since', async () => {
    await receiveAndPause();
    letPass(47);

    await expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'EXPIRED' });
  });

  test('waits for a deadline that is a whole interval ahead, and logs how long', async () => {
    await receiveAndPause();
    letPass(48);

    const early = expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    await expect(early).rejects.toMatchObject({
      name: 'DeadlineAhead',
      message: `Order "order-1" has ${DAY_SECONDS * 1000} ms left.`,
    });
    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ orderId: ID, leftMs: DAY_SECONDS * 1000 }),
    );
  });

  test('obeys a decision also before the deadline', async () => {
    await receiveAndPause();
    await decide(true);
    letPass(71.99);

    await expect(expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS })).rejects.toMatchObject({
      name: 'OrderConfirmed',
      message: 'Order "order-1" is CONFIRMED; it does not expire.',
    });
  });

  test('an order that has failed does not expire', async () => {
    await receiveAndPause();
    await failStep({ orderId: ID, error: 'Lambda.Unknown', cause: null }).catch(() => {});

    await expect(expireStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderFailed' });
  });

  test('an order that never paused expires all the same, without a gap in its versions', async () => {
    await receive();
    letPass(72);

    await expireStep({ orderId: ID });

    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 EXPIRED']);
  });
});
