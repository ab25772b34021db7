import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client, type OrderStatusEvent } from '../../client/countersign.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

describe('the client and the local cloud', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud?.remove());

  const connect = (): Client => {
    const { GraphQLUrl: url, ApiKey: apiKey } = cloud.outputs();
    return createClient({ url, apiKey });
  };
  const collect = async (
    events: AsyncIterable<OrderStatusEvent>,
    act: (event: OrderStatusEvent) => Promise<unknown>,
  ) => {
    const seen: string[] = [];
    for await (const event of events) {
      seen.push(`${event.version} ${event.status}`);
      await act(event);
    }
    return seen;
  };
  const COMPLETED = ['1 RECEIVED', '2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED'];

  test('follows an order from its first status to its last', async () => {
    const client = connect();
    const { orderId } = await client.processOrder({ orderDetails: 'Chairs' });

    const seen = await collect(client.watchOrder(orderId), async ({ status }) => {
      if (status === 'PAUSED') await client.confirmOrder({ orderId, isConfirmed: true, decidedBy: 'Ada' });
    });

    expect(seen).toEqual(COMPLETED);
    const confirmed = { orderId, decision: { kind: 'CONFIRMED', decidedBy: 'Ada', isVerified: false } };
    expect(await client.order(orderId)).toMatchObject(confirmed);
    expect((await client.endedOrders({ limit: 1 })).items).toMatchObject([confirmed]);
  });

  test('misses nothing while the cloud is killed under it', async () => {
    const client = connect();
    const { orderId } = await client.processOrder({ orderId: 'killed-under' });

    const seen = await collect(client.watchOrder(orderId), async ({ status }) => {
      if (status !== 'PAUSED') return;
      await cloud.end('SIGKILL');
      await cloud.start();
      await client.confirmOrder({ orderId, isConfirmed: true });
    });

    expect(seen).toEqual(COMPLETED);
  });

  test('hears of every order that moves, each version once', async () => {
    const client = connect();
    const stopping = new AbortController();
    const orderIds = ['many-1', 'many-2', 'many-3'];
    const ended = new Set<string>();
    const seen = new Map<string, string[]>();
    const following = (async () => {
      for await (const { orderId, version, status } of client.watchOrders(stopping)) {
        seen.set(orderId, [...(seen.get(orderId) ?? []), `${version} ${status}`]);
        if (status === 'PAUSED') await client.confirmOrder({ orderId, isConfirmed: true });
        if (status === 'COMPLETED' && ended.add(orderId).size === orderIds.length) stopping.abort();
      }
    })();

    await Promise.all(orderIds.map((orderId) => client.processOrder({ orderId })));
    await following;

    for (const orderId of orderIds) expect(seen.get(orderId)).toEqual(COMPLETED);
  });

  test('learns which decision stands', async () => {
    const client = connect();
    const { orderId } = await client.processOrder({ orderId: 'decided' });
    await client.confirmOrder({ orderId, isConfirmed: false, decidedBy: 'Ada', reason: 'Too dear' });

    const late = client.confirmOrder({ orderId, isConfirmed: true });

    await expect(late).rejects.toMatchObject({
      type: 'OrderAlreadyDecided',
      decision: { kind: 'REJECTED', decidedBy: 'Ada', reason: 'Too dear' },
    });
  });

  test('gets a sentence that says what is wrong', async () => {
    const client = connect();
    const { GraphQLUrl: url } = cloud.outputs();
    const stranger = createClient({ url, apiKey: 'da2-aaaaaaaaaaaaaaaaaaaaaaaaaa' });

    await expect(client.processOrder({ orderId: 'a b' })).rejects.toMatchObject({ type: 'ValidationError' });
    await expect(client.cancelOrder({ orderId: 'nobody' })).rejects.toMatchObject({ type: 'OrderNotFound' });
    await expect(client.watchOrder('nobody').next()).rejects.toMatchObject({ type: 'OrderNotFound' });
    await expect(stranger.order('a')).rejects.toMatchObject({ type: 'Unauthorized' });
    await expect(stranger.watchOrder('a').next()).rejects.toMatchObject({ type: 'Unauthorized' });
  });
});
