import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as storeTaskToken } from '../../../functions/steps/storeTaskToken.ts';
import { handler as failStep } from '../../../functions/steps/failOrder.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { attempt, decide, ID, receiveAndBegin, receiveAndPause } from '../fakes/order.ts';
import { DEADLINE, letPass, useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const TOKEN = `waiting/${DEADLINE}_order-1`;
const pauses = () => world.published.filter(({ status }) => status === 'PAUSED');

describe('storeTaskToken', () => {
  test('writes token and record side by side, then reads the decision, and publishes both versions in order', async () => {
    await receiveAndBegin();
    world.operations.length = 0;

    await attempt('token-0');

    expect(world.operations).toEqual([
      `create ${TOKEN}`,
      'create orders/order-1.json',
      'read decisions/order-1.json',
      'publish order-1 2 PROCESSING',
      'publish order-1 3 PAUSED',
    ]);
    expect(stored(TOKEN)).toEqual({ token: 'token-0', redriveCount: 0, retryCount: 0 });
    expect(stored('orders/order-1.json')).toMatchObject({
      schemaVersion: 2,
      status: 'PAUSED',
      version: 3,
      deadline: DEADLINE,
      history: [{ status: 'RECEIVED' }, { status: 'PROCESSING' }, { status: 'PAUSED', reminder: 0 }],
    });
  });

  test.each([[TOKEN], ['orders/order-1.json']])(
    'reads the decision only after %s is written',
    async (key) => {
      await receiveAndBegin();
      const order: string[] = [];
      let isHeld = true;
      world.around = async (operation, perform) => {
        // The write that is under test is slow.
        if (isHeld && operation.name === 'create' && operation.key === key) {
          isHeld = false;
          await new Promise((resolve) => setImmediate(resolve));
        }
        order.push(`${operation.name} ${operation.key}`);
        return perform();
      };

      await attempt('token-0');

      expect(order.indexOf('read decisions/order-1.json')).toBeGreaterThan(order.indexOf(`create ${key}`));
    },
  );

  test('the deadline counts from when the wait began, also when the first attempt was late', async () => {
    await receiveAndBegin();
    letPass(5);

    await attempt('token-1', 1);

    expect(world.published.at(-1)).toMatchObject({ deadline: DEADLINE, at: '2026-01-01T05:00:00.000Z' });
  });

  test('a second run of the same attempt takes its new token and changes nothing else', async () => {
    await receiveAndPause();
    const before = world.objects.get('orders/order-1.json');

    await attempt('token-after-crash');

    expect(stored(TOKEN)).toMatchObject({ token: 'token-after-crash' });
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
    expect([...world.objects.keys()].filter((key) => key.startsWith('waiting/'))).toHaveLength(1);
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

    expect(stored(TOKEN)).toMatchObject({ token: 'after' });
  });

  test('an early decision is applied: the order pauses, then the execution is woken', async () => {
    await receiveAndBegin();
    await decide(true);

    await attempt('token-0');

    expect(world.operations.slice(-2)).toEqual(['publish order-1 3 PAUSED', 'answer CONFIRMED']);
    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CONFIRMED' }]);
  });

  test('an attempt that the engine gave up on leaves no token behind, however late it writes', async () => {
    await receiveAndPause();
    world.around = async ({ name, key }, perform) => {
      if (name === 'read' && key === TOKEN) {
        world.around = async (_operation, go) => go();
        world.waiting.delete('late');
        await decide(true);
        await completeStep({ orderId: ID });
      }
      return perform();
    };

    await attempt('late', 1);

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
    expect(stored(TOKEN)).toBeNull();
  });

  test('a redriven wait of an order that has failed ends at once', async () => {
    await receiveAndPause();
    await failStep({ orderId: ID, error: 'Lambda.Unknown', cause: '' }).catch(() => {});

    await expect(attempt('after', 0, 1)).rejects.toMatchObject({ name: 'OrderFailed' });
    expect(stored(TOKEN)).toBeNull();
  });

  test('an early cancellation ends the wait as a cancellation', async () => {
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
      if (name === 'create' && key.startsWith('orders/')) {
        world.around = async (_operation, go) => go();
        await attempt('token-1', 1);
        await decide(true);
        await completeStep({ orderId: ID });
      }
      return perform();
    };

    await attempt('token-0');

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
    expect(world.published.map(({ version }) => version)).toEqual([2, 3, 4, 5]);
    expect([...world.objects.keys()].filter((key) => key.startsWith('waiting/'))).toEqual([]);
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

    const others = [...world.objects].filter(([key]) => key !== TOKEN);
    expect(JSON.stringify([others, world.published, world.logged])).not.toContain('token-0');
  });

  test('hands the order on, in every attempt', async () => {
    await receiveAndBegin();

    expect(await attempt('token-1', 1)).toEqual({ orderId: ID });
    expect(await attempt('token-0', 0)).toEqual({ orderId: ID });
  });

  test('publishes PROCESSING and PAUSED again in a second run, and only the reminder at a reminder', async () => {
    await receiveAndBegin();
    await attempt('token-0');
    world.published.length = 0;

    await attempt('token-0');
    letPass(24);
    await attempt('token-1', 1);
    await attempt('token-1', 1);

    expect(world.published.map(({ version, status }) => `${version} ${status}`)).toEqual([
      '2 PROCESSING',
      '3 PAUSED',
      '4 PAUSED',
      '4 PAUSED',
    ]);
  });

  test('an attempt of an order that has ended writes nothing', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    const before = structuredClone([...world.objects]);
    world.operations.length = 0;

    expect(await attempt('token-1', 1)).toEqual({ orderId: ID });

    expect([...world.objects]).toEqual(before);
    expect(world.operations.filter((operation) => /^(create|replace)/.test(operation))).toEqual([]);
  });

  test('an attempt of an order that was not placed through the API fails', async () => {
    await expect(attempt('token-1', 1)).rejects.toMatchObject({ name: 'OrderNotFound' });
  });

  test.each([
    ['EXPIRED', 'DeadlinePassed'],
    ['FAILED', 'OrderFailed'],
  ])('a decision %s that came first ends the wait with %s, and leaves no token', async (kind, name) => {
    await receiveAndBegin();
    const decision = { kind, decidedBy: null, reason: null, at: '2026-01-01T00:00:00.000Z' };
    world.objects.set('decisions/order-1.json', { text: JSON.stringify(decision), etag: 'e' });

    await expect(attempt('token-0')).rejects.toMatchObject({ name });
    expect(world.objects.has(TOKEN)).toBe(false);
  });

  test('an execution of version 1 without settings gets the defaults of that version', async () => {
    await receiveAndBegin();
    const of1 = { orderId: ID, redriveCount: 0 };

    await storeTaskToken({ ...of1, taskToken: 'token-0', retryCount: 0 });
    letPass(12);
    await storeTaskToken({ ...of1, taskToken: 'token-1', retryCount: 1 });

    expect(stored('orders/order-1.json')).toMatchObject({ version: 4, deadline: DEADLINE });
    expect(pauses().map(({ reminder }) => reminder)).toEqual([0, 1]);
  });
});
