import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventOf } from './support/scriptedAppSync.ts';
import { scriptedClient } from './support/client.ts';

const REFUSAL = {
  type: 'connection_error',
  payload: { errors: [{ errorType: 'UnauthorizedException', errorCode: 401, message: 'No.' }] },
};

test('sends the key in the subprotocol, as AppSync wants it', async () => {
  const { server, client, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);

  const events = client.watchOrder('a');
  await until('live');
  await events.return?.();

  const [graphqlWs, header] = (server.protocols[0] ?? '').split(/, ?/);
  const sent: unknown = JSON.parse(
    Buffer.from((header ?? '').slice('header-'.length), 'base64url').toString(),
  );
  expect(graphqlWs).toBe('graphql-ws');
  expect(sent).toEqual({ host: new URL(server.url).host, 'x-api-key': 'da2-example' });
});

test('goes from idle over connecting and catching up to live, and back to idle', async () => {
  const { server, client, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const names = [client.connection.current().name];
  client.connection.subscribe(() => names.push(client.connection.current().name));

  const events = client.watchOrder('a');
  await until('live');
  await events.return?.();
  await until('idle');

  expect(names).toEqual(['idle', 'connecting', 'catching up', 'live', 'idle']);
});

test('says why it is offline and comes back by itself', async () => {
  const { server, client, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const events = client.watchOrder('a');
  await until('live');

  server.cut();
  await until('offline');
  const state = client.connection.current();
  await until('live');

  expect(state).toEqual({ name: 'offline', reason: 'The connection was lost.', retryAt: 200 });
  await events.return?.();
});

test('reconnects at once when asked to, without waiting for its next try', async () => {
  const { server, client, until } = await scriptedClient(undefined, { isRetrying: false });
  server.orders.set('a', [eventOf('a', 1)]);
  const events = client.watchOrder('a');
  await until('live');
  server.cut();
  await until('offline');

  client.reconnect();
  await until('live');

  expect(server.protocols).toHaveLength(2);
  await events.return?.();
});

test('carries a hundred subscriptions on one socket and opens another for the next', async () => {
  const { server, client, until } = await scriptedClient();
  const orderIds = Array.from({ length: 101 }, (_, index) => `order-${index}`);
  for (const orderId of orderIds) server.orders.set(orderId, [eventOf(orderId, 1)]);

  const watches = orderIds.map((orderId) => client.watchOrder(orderId));
  await until('live');

  expect(server.subscriptions()).toEqual([100, 1]);
  await Promise.all(watches.map((events) => events.return?.()));
});

test('moves to another socket when the service takes fewer subscriptions than it says', async () => {
  let refused = 0;
  const { server, client, until } = await scriptedClient({
    cuts: () => false,
    frame: ({ type, id }) => {
      if (type !== 'start' || id !== '2' || refused > 0) return null;
      refused += 1;
      return {
        id,
        type: 'error',
        payload: { errors: { errorType: 'MaxSubscriptionsReachedError', message: 'Full.' } },
      };
    },
  });
  for (const orderId of ['a', 'b']) server.orders.set(orderId, [eventOf(orderId, 1)]);

  const watches = ['a', 'b'].map((orderId) => client.watchOrder(orderId));
  await until('live');

  expect(server.subscriptions()).toEqual([1, 1]);
  await Promise.all(watches.map((events) => events.return?.()));
});

test('asks again when a keep-alive is missed, and connects anew when the silence goes on', async () => {
  const { server, client, timers, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const events = client.watchOrder('a');
  await until('live');

  timers.pass(65_000);
  const afterSilence = client.connection.current().name;
  timers.pass(300_000);
  const afterTimeout = client.connection.current();
  await until('live');

  expect(afterSilence).toBe('catching up');
  expect(afterTimeout).toMatchObject({ name: 'offline', reason: 'The connection went silent.' });
  expect(server.protocols).toHaveLength(2);
  await events.return?.();
});

test('takes a keep-alive as a sign of life', async () => {
  const { server, client, timers, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const events = client.watchOrder('a');
  await until('live');
  timers.pass(65_000);

  server.send({ type: 'ka' });
  await until('live');

  expect(client.connection.current()).toEqual({ name: 'live' });
  await events.return?.();
});

test('throws Unauthorized and stops when the key is refused', async () => {
  const { client, server } = await scriptedClient({
    cuts: () => false,
    frame: ({ type }) => (type === 'connection_init' ? REFUSAL : null),
  });

  await expect(client.watchOrder('a').next()).rejects.toMatchObject({ type: 'Unauthorized' });

  expect(client.connection.current()).toEqual({ name: 'offline', reason: 'No.', retryAt: null });
  expect(server.protocols).toHaveLength(1);
});

test('throws OrderNotFound for an order that is not there', async () => {
  const { client } = await scriptedClient();

  await expect(client.watchOrder('nobody').next()).rejects.toMatchObject({ type: 'OrderNotFound' });
});

test('ends quietly when its signal says so, and stops the subscription', async () => {
  const { server, client, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const stopping = new AbortController();
  const events = client.watchOrder('a', stopping);
  await events.next();
  await until('live');

  stopping.abort();

  expect(await events.next()).toEqual({ done: true, value: undefined });
  await until('idle');
  while (!server.received.some(({ type }) => type === 'stop')) await tick();
});

test('starts a subscription again when the service is throttled', async () => {
  let refused = 0;
  const { server, client, until } = await scriptedClient({
    cuts: () => false,
    frame: ({ type, id }) => {
      if (type !== 'start' || refused > 2) return null;
      refused += 1;
      return {
        id,
        type: 'error',
        payload: { errors: [{ errorType: 'LimitExceededError', message: 'Slow.' }] },
      };
    },
  });
  server.orders.set('a', [eventOf('a', 1)]);

  const events = client.watchOrder('a');
  await until('live');

  expect(server.protocols).toHaveLength(1);
  expect(server.received.filter(({ type }) => type === 'start')).toHaveLength(4);
  await events.return?.();
});

test('connects anew when the service ends a subscription', async () => {
  const { server, client, until } = await scriptedClient();
  server.orders.set('a', [eventOf('a', 1)]);
  const events = client.watchOrder('a');
  await until('live');

  server.send({ id: '1', type: 'complete' });
  await until('offline');
  await until('live');

  expect(server.protocols).toHaveLength(2);
  await events.return?.();
});

test('lets the other watches go on when one is refused', async () => {
  const { server, client, until } = await scriptedClient({
    cuts: () => false,
    frame: ({ type, id, payload }) => {
      const isBad = type === 'start' && (payload?.data.includes('bad') ?? false);
      const errors = [{ errorType: 'ValidationError', message: 'Bad id.' }];
      return isBad ? { id, type: 'error', payload: { errors } } : null;
    },
  });
  server.orders.set('good', [eventOf('good', 1)]);

  const good = client.watchOrder('good');
  const bad = client.watchOrder('bad');

  await expect(bad.next()).rejects.toMatchObject({ type: 'ValidationError' });
  await until('live');
  expect(await good.next()).toMatchObject({ value: { version: 1 } });
  await good.return?.();
});
