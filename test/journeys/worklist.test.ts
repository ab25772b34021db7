import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { follow, type Following, untilOrder } from '../support/follow.ts';
import { cancelOrder, order, pendingOrders, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

describe('the worklist', () => {
  let cloud: LocalCloud;
  let live: Following;
  let ids: readonly string[] = [];
  beforeAll(async () => {
    cloud = await startLocalCloud();
    return cloud.remove;
  });

  /** Four orders, of which the later ones have the later deadlines, in an order that their ids do not have. */
  beforeEach(async () => {
    live = await follow(cloud.outputs());
    for (const orderId of ids) await cancelOrder(cloud.outputs(), { orderId });
    for (const orderId of ids)
      await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'CANCELLED');
    ids = ['4', '1', '3', '2'].map((digit) => `${digit}-${randomUUID()}`);
    for (const orderId of ids) {
      await processOrder(cloud.outputs(), { orderId });
      await live.until('PAUSED', orderId);
      await cloud.advance('PT1M');
    }
  });

  async function page(limit: number, nextToken: string | null = null) {
    const { data, errors } = await pendingOrders(cloud.outputs(), { limit, nextToken });
    if (!data) throw new Error(JSON.stringify(errors));
    return {
      ids: data.pendingOrders.items.map(({ orderId }) => orderId),
      next: data.pendingOrders.nextToken,
      items: data.pendingOrders.items,
    };
  }

  test('has the nearest deadline first, and each order as a query answers it', async () => {
    const { items, next } = await page(100);

    expect(items.map(({ orderId }) => orderId)).toEqual(ids);
    expect(next).toBeNull();
    expect(items[0]).toEqual(await order(cloud.outputs(), ids[0] ?? ''));
    expect(items.map(({ deadline }) => deadline)).toEqual(items.map(({ deadline }) => deadline).toSorted());
  });

  test('comes in pages of the size that was asked for, and says which one is the last', async () => {
    const first = await page(2);
    const second = await page(2, first.next);
    const threeAtOnce = await page(3);
    const last = await page(3, threeAtOnce.next);

    expect([first.ids, second.ids]).toEqual([ids.slice(0, 2), ids.slice(2)]);
    expect([threeAtOnce.ids, last.ids]).toEqual([ids.slice(0, 3), ids.slice(3)]);
    expect([typeof first.next, typeof threeAtOnce.next]).toEqual(['string', 'string']);
    expect([second.next, last.next]).toEqual([null, null]);
  });

  test('goes on after an order that was decided since the page before, and answers a page again', async () => {
    const first = await page(2);
    for (const orderId of [ids[1] ?? '', ids[2] ?? '']) {
      await cancelOrder(cloud.outputs(), { orderId });
      await live.until('CANCELLED', orderId);
    }

    const second = await page(2, first.next);
    const again = await page(2, first.next);

    expect(second.ids).toEqual(ids.slice(3));
    expect(again).toEqual(second);
  });

  test('hides an order from the moment in which its decision was acknowledged', async () => {
    await cancelOrder(cloud.outputs(), { orderId: ids[0] ?? '' });

    expect((await page(100)).ids).toEqual(ids.slice(1));
  });

  test('keeps its order when somebody was reminded, and forgets what has expired', async () => {
    const before = await page(100);
    await cloud.advance('PT24H2S');
    for (const orderId of ids) await untilOrder(cloud.outputs(), orderId, ({ version }) => version === 4);
    const reminded = await page(100);
    await cloud.advance('PT72H');
    for (const orderId of ids)
      await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'EXPIRED');

    expect(reminded.ids).toEqual(ids);
    expect(reminded.items.map(({ deadline }) => deadline)).toEqual(
      before.items.map(({ deadline }) => deadline),
    );
    expect(await page(100)).toMatchObject({ ids: [], next: null });
    ids = [];
  });
});
