import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { follow, pausedOrder } from '../support/follow.ts';
import { confirmOrder, order, pendingOrders, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

describe('an order that nobody decides', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    return cloud.remove;
  });

  test('is reminded of twice with the same deadline and then expires', async () => {
    const { live, paused } = await pausedOrder(cloud.outputs());

    for (const reminder of [1, 2]) {
      await cloud.advance('PT24H1S');
      await live.untilCount('PAUSED', reminder + 1);
    }
    await cloud.advance('PT24H2S');
    const expired = await live.until('EXPIRED');

    expect(live.events.map(({ version, status, reminder }) => [version, status, reminder])).toEqual([
      [2, 'PROCESSING', null],
      [3, 'PAUSED', 0],
      [4, 'PAUSED', 1],
      [5, 'PAUSED', 2],
      [6, 'EXPIRED', null],
    ]);
    expect(
      new Set(live.events.filter(({ status }) => status === 'PAUSED').map(({ deadline }) => deadline)).size,
    ).toBe(1);
    expect(Date.parse(expired.at)).toBeGreaterThanOrEqual(Date.parse(paused.deadline ?? ''));
  });

  test('expires at once when the clock jumps past its deadline, and a late decision learns of it', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());

    await cloud.advance('PT96H');
    await live.until('EXPIRED');
    const late = await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true });

    expect(late.errors?.[0]).toMatchObject({
      errorType: 'OrderAlreadyDecided',
      errorInfo: { decision: { kind: 'EXPIRED' } },
    });
    expect((await order(cloud.outputs(), orderId))?.decision?.kind).toBe('EXPIRED');
    expect((await pendingOrders(cloud.outputs())).data?.pendingOrders.items).toEqual([]);
  });

  test('is completed when it was confirmed after a reminder, with the token of that attempt', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());
    await cloud.advance('PT24H1S');
    await live.untilCount('PAUSED', 2);

    await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true });
    const completed = await live.until('COMPLETED');

    expect(completed.version).toBe(6);
  });

  test('pauses before time passes that a client lets pass at once, and expires', async () => {
    const orderId = randomUUID();
    const live = await follow(cloud.outputs(), orderId);

    await processOrder(cloud.outputs(), { orderId });
    await cloud.advance('PT96H');
    await live.until('EXPIRED');

    expect(live.events.map(({ status }) => status)).toEqual(['PROCESSING', 'PAUSED', 'EXPIRED']);
  });

  test('expires in many small steps of time as in one', async () => {
    const orderId = randomUUID();
    const live = await follow(cloud.outputs(), orderId);
    await processOrder(cloud.outputs(), { orderId });

    for (let hours = 0; hours < 80; hours += 1) await cloud.advance('PT1H');
    await live.until('EXPIRED');

    expect(live.events.map(({ status }) => status)).toEqual([
      'PROCESSING',
      'PAUSED',
      'PAUSED',
      'PAUSED',
      'EXPIRED',
    ]);
  });
});
