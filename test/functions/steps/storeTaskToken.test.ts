import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { attempt, decide, ID, receiveAndBegin, receiveAndPause } from '../fakes/order.ts';
import { DEADLINE, letPass, useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const pauses = () => world.published.filter(({ status }) => status === 'PAUSED');

describe('storeTaskToken', () => {
  test('stores the token before it pauses the order, and publishes PAUSED last', async () => {
    await receiveAndBegin();
    world.operations.length = 0;

    await attempt('token-0');

    expect(world.operations[0]).toBe('create tokens/order-1.json');
    expect(world.operations.at(-1)).toBe('publish order-1 3 PAUSED');
    expect(stored('tokens/order-1.json')).toEqual({ token: 'token-0', redriveCount: 0, retryCount: 0 });
    expect(world.published.at(-1)).toMatchObject({ version: 3, deadline: DEADLINE, reminder: 0 });
    expect([...world.objects.keys()]).toContain(`pending/${DEADLINE}_order-1`);
  });

  test('reads the decision only after its token is stored', async () => {
    await receiveAndBegin();
    const order: string[] = [];
    world.around = async ({ name, key }, perform) => {
      const value = perform();
      order.push(`${name} ${key}`);
      return value;
    };

    await attempt('token-0');

    expect(order.indexOf('read decisions/order-1.json')).toBeGreaterThan(
      order.indexOf('create tokens/order-1.json'),
    );
  });

  test('a second run of the same attempt takes its new token and changes nothing else', async () => {
    await receiveAndPause();
    const before = world.objects.get('orders/order-1.json');

    await attempt('token-after-crash');

    expect(stored('tokens/order-1.json')).toMatchObject({ token: 'token-after-crash' });
    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(pauses().map(({ version }) => version)).toEqual([3, 3]);
  });

  test('a reminder pauses the order again, with its number and the same deadline', async () => {
    await receiveAndPause();
    letPass(24);
    await attempt('token-1', 1);
    letPass(24);
    await attempt('token-2', 2);

    expect(pauses()).toMatchObject([
      { version: 3, reminder: 0, deadline: DEADLINE },
      { version: 4, reminder: 1, deadline: DEADLINE },
      { version: 5, reminder: 2, deadline: DEADLINE },
    ]);
    expect([...world.objects.keys()].filter((key) => key.startsWith('pending/'))).toHaveLength(1);
  });

  test('an attempt that Lambda failed is no reminder', async () => {
    await receiveAndPause();
    await attempt('token-1', 1);
    letPass(24);
    await attempt('token-2', 2);

    expect(pauses().map(({ version, reminder }) => [version, reminder])).toEqual([
      [3, 0],
      [3, 0],
      [4, 1],
    ]);
  });

  test.each([
    ['an older attempt', 1, 0],
    ['an attempt before the redrive', 0, 5],
  ])('%s that is still writing does not replace a newer token', async (_what, redriveCount, retryCount) => {
    await receiveAndBegin();
    await attempt('newer', 2, 1);
    const before = structuredClone([...world.objects]);

    await attempt('older', retryCount, redriveCount);

    expect([...world.objects]).toEqual(before);
    expect(pauses()).toHaveLength(1);
  });

  test('a redriven execution replaces the token, though it counts its retries anew', async () => {
    await receiveAndBegin();
    await attempt('before', 5, 0);

    await attempt('after', 0, 1);

    expect(stored('tokens/order-1.json')).toMatchObject({ token: 'after' });
  });

  test('an early decision is applied: the order pauses, then the execution is woken', async () => {
    await receiveAndBegin();
    await decide(true);

    await attempt('token-0');

    expect(world.operations.slice(-2)).toEqual(['publish order-1 3 PAUSED', 'answer CONFIRMED']);
    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CONFIRMED' }]);
  });

  test('an early cancellation is told as such', async () => {
    await receiveAndBegin();
    await cancelOrder({ orderId: ID, decidedBy: null, reason: null });

    await attempt('token-0');

    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CANCELLED' }]);
  });

  test('an attempt at the deadline expires the order at once', async () => {
    await receiveAndPause();
    letPass(72);

    await expect(attempt('token-1', 1)).rejects.toMatchObject({ name: 'DeadlinePassed' });
    expect(pauses()).toHaveLength(1);
  });

  test('an order that was completed while this attempt was writing is left alone, and so is the worklist', async () => {
    await receiveAndBegin();
    world.around = async ({ name, key }, perform) => {
      if (name === 'replace' && key.startsWith('orders/')) {
        world.around = async (_operation, go) => go();
        await decide(true);
        await completeStep({ orderId: ID });
      }
      return perform();
    };

    await attempt('token-0');

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
    expect(world.published.map(({ version }) => version)).toEqual([2, 3, 4, 5]);
    expect([...world.objects.keys()].filter((key) => key.startsWith('pending/'))).toEqual([]);
  });

  test('a wake-up that fails is tried again by the workflow, not swallowed', async () => {
    await receiveAndBegin();
    await decide(true);
    world.around = async ({ name }, perform) => {
      if (name === 'answer') throw awsIsBroken();
      return perform();
    };

    await expect(attempt('token-0')).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  test('the token is in its object and nowhere else', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });

    const others = [...world.objects].filter(([key]) => key !== 'tokens/order-1.json');
    expect(JSON.stringify([others, world.published, world.logged])).not.toContain('token-0');
  });
});
