import { describe, expect, test, vi } from 'vitest';
import { handler as endedOrders } from '../../../functions/api/endedOrders.ts';
import { handler as order } from '../../../functions/api/order.ts';
import { handler as pendingOrders } from '../../../functions/api/pendingOrders.ts';
import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { handler as rejectStep } from '../../../functions/steps/rejectOrder.ts';
import { handler as beginStep } from '../../../functions/steps/processOrder.ts';
import { handler as storeTaskToken } from '../../../functions/steps/storeTaskToken.ts';
import { decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { DEADLINE, letPass, useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

async function pause(orderId: string, orderDetails: string | null = null): Promise<void> {
  await processOrder({ orderId, orderDetails });
  await beginStep({ orderId });
  await storeTaskToken({ orderId, taskToken: `token-${orderId}`, retryCount: 0, redriveCount: 0 });
  letPass(1);
}

describe('order', () => {
  test('is RECEIVED from the request as long as the workflow has written nothing', async () => {
    await receive();

    expect(await order({ orderId: ID })).toMatchObject({ ok: { status: 'RECEIVED', version: 1 } });
    expect(await order({ orderId: ID, showsRequest: false })).toMatchObject({
      ok: { status: 'RECEIVED', history: [{ version: 1 }] },
    });
  });

  test('shows the decision before the workflow has moved', async () => {
    await receiveAndPause();
    await decide(false, '');

    expect(await order({ orderId: ID })).toMatchObject({
      ok: {
        status: 'PAUSED',
        deadline: DEADLINE,
        decision: { kind: 'REJECTED', reason: '', decidedBy: 'Ada' },
      },
    });
  });

  test('is null when no order has this id', async () => {
    expect(await order({ orderId: 'nobody' })).toEqual({ ok: null });
  });
});

async function reject(orderId: string): Promise<void> {
  await pause(orderId);
  await confirmOrder({ orderId, isConfirmed: false });
  await rejectStep({ orderId });
}

describe('endedOrders', () => {
  test('answers the newest end first, page by page', async () => {
    for (const orderId of ['c', 'a', 'b']) await reject(orderId);
    await pause('waiting');

    const first = await endedOrders({ limit: 2 });
    const second = await endedOrders({ limit: 2, nextToken: first.ok?.nextToken });

    expect(first).toMatchObject({
      ok: {
        items: [
          { orderId: 'b', status: 'REJECTED', decision: { kind: 'REJECTED' } },
          { orderId: 'a', status: 'REJECTED' },
        ],
      },
    });
    expect(second).toMatchObject({ ok: { items: [{ orderId: 'c' }], nextToken: null } });
  });

  test('goes through what had ended exactly once, while other orders end', async () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const orderId of before) await reject(orderId);

    const found: string[] = [];
    let nextToken: string | null = null;
    for (let page = 0; page === 0 || nextToken !== null; page += 1) {
      const { ok } = await endedOrders({ limit: 2, nextToken });
      found.push(...(ok?.items ?? []).map(({ orderId }) => orderId));
      nextToken = ok?.nextToken ?? null;
      await reject(`later-${page}`);
    }

    expect(found).toEqual(before.toReversed());
  });

  test.each([
    [{ limit: 0 }],
    [{ nextToken: 'MjAyNi0wMS0wMVQwMDowMDowMC4wMDBaX2E' }],
    [{ nextToken: 'Li4veA' }],
  ])('refuses %j', async (input) => {
    expect(await endedOrders(input)).toMatchObject({ error: { type: 'ValidationError' } });
  });
});

describe('pendingOrders', () => {
  test('answers the nearest deadline first, page by page', async () => {
    for (const orderId of ['c', 'a', 'b']) await pause(orderId);

    const first = await pendingOrders({ limit: 2 });
    const nextToken = first.ok?.nextToken;
    const second = await pendingOrders({ limit: 2, nextToken });

    expect(first).toMatchObject({ ok: { items: [{ orderId: 'c' }, { orderId: 'a' }] } });
    expect(nextToken).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(second).toMatchObject({ ok: { items: [{ orderId: 'b' }], nextToken: null } });
  });

  test('shows what each order is about', async () => {
    await pause('a', 'ten chairs');

    expect(await pendingOrders({ limit: 20 })).toMatchObject({
      ok: { items: [{ orderDetails: 'ten chairs' }] },
    });
  });

  test('ends a page before it is too large to be answered', async () => {
    const orderIds = Array.from({ length: 100 }, (_, index) => `o-${100 + index}`);
    // Every byte of these details is 6 in JSON, so 100 orders are more than AppSync's 5 MB and Lambda's 6 MB.
    for (const orderId of orderIds) await pause(orderId, '\u0001'.repeat(16_384));

    const found: string[] = [];
    for (let nextToken: string | null | undefined; nextToken !== null;) {
      const page = await pendingOrders({ limit: 100, nextToken });
      expect(JSON.stringify(page).length).toBeLessThan(5_000_000);
      found.push(...(page.ok?.items ?? []).map((item) => item.orderId));
      nextToken = page.ok?.nextToken ?? null;
    }

    expect(found).toEqual(orderIds);
  });

  test('leaves out what was decided, and fills the page with what was not', async () => {
    for (const orderId of ['a', ID, 'b']) await pause(orderId);
    await decide(true);

    const page = await pendingOrders({ limit: 2 });

    expect(page).toMatchObject({ ok: { items: [{ orderId: 'a' }, { orderId: 'b' }], nextToken: null } });
  });

  test('shows an order once, though a lost attempt left a line with another deadline', async () => {
    await pause('a');
    world.objects.set('pending/2026-01-03T00:00:00.000Z_a', { text: '', etag: 'stray' });

    const page = await pendingOrders({});

    expect(page).toMatchObject({ ok: { items: [{ orderId: 'a' }] } });
    expect(page.ok?.items).toHaveLength(1);
  });

  test.each([
    [{ limit: 0 }, 'limit must be between 1 and 100; got 0.'],
    [{ limit: 101 }, 'limit must be between 1 and 100; got 101.'],
    [{ limit: 1.5 }, 'limit must be between 1 and 100; got 1.5.'],
    [{ nextToken: '' }, 'nextToken "" is not valid: pass the nextToken of the previous page unchanged.'],
    [
      { nextToken: '../requests' },
      'nextToken "../requests" is not valid: pass the nextToken of the previous page unchanged.',
    ],
    [
      { nextToken: Buffer.from('2026-01-01T00:00:00.000Z_../x').toString('base64url') },
      'nextToken "MjAyNi0wMS0wMVQwMDowMDowMC4wMDBaXy4uL3g" is not valid: pass the nextToken of the previous page unchanged.',
    ],
  ])('refuses %j', async (input, message) => {
    expect(await pendingOrders(input)).toEqual({
      error: { type: 'ValidationError', message, info: { retryable: false } },
    });
  });
});
