import { expect, onTestFinished, test } from 'vitest';
import { createClient, type TokenSource } from '../../client/countersign.ts';
import { createImpatientTimers } from './support/client.ts';
import { eventOf, startScriptedAppSync } from './support/scriptedAppSync.ts';

/** The timers' clock stands at 0. */
const tokenUntil = (seconds: number, id = 'a') =>
  ['{"alg":"RS256"}', JSON.stringify({ exp: seconds, sub: 'Äda?>', id }), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

async function clientWith(token: TokenSource, apiKey?: string) {
  const server = await startScriptedAppSync();
  onTestFinished(() => server.close());
  server.orders.set('a', [eventOf('a', 1)]);
  const timers = createImpatientTimers();
  const key = apiKey === undefined ? {} : { apiKey };
  const client = createClient({ url: server.url, token, timers, random: () => 0, ...key });
  const until = async (name: string, connections: number) => {
    while (client.connection.current().name !== name || server.protocols.length < connections) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = client.connection.subscribe(resolve);
      await promise;
      stop();
    }
  };
  return { server, client, timers, until };
}

const sentIn = (protocols: string): Record<string, string> =>
  JSON.parse(Buffer.from(protocols.split('header-')[1] ?? '', 'base64url').toString());

test('sends the token in the header of every request, and asks for it every time', async () => {
  const tokens = [tokenUntil(3600, 'first'), tokenUntil(3600, 'second')];
  const { server, client } = await clientWith(async () => tokens[server.queries()] ?? null);

  await client.order('a');
  await client.order('a');

  expect(server.headers.map(({ authorization }) => authorization)).toEqual(tokens);
  expect(server.headers.map((headers) => headers['x-api-key'])).toEqual([undefined, undefined]);
});

test('shows the token to the socket, when it connects and in every subscription', async () => {
  const token = tokenUntil(3600);
  const { server, client, until } = await clientWith(() => token);

  const events = client.watchOrder('a');
  await until('live', 1);
  await events.return?.();

  expect(sentIn(server.protocols[0] ?? '')).toEqual({ host: new URL(server.url).host, Authorization: token });
  const started = server.received.find(({ type }) => type === 'start');
  expect(started?.payload).toMatchObject({ extensions: { authorization: { Authorization: token } } });
});

test('connects anew with a fresh token a minute before the old one expires', async () => {
  const first = tokenUntil(3600, 'first');
  const second = tokenUntil(7200, 'second');
  const { server, client, timers, until } = await clientWith(() =>
    server.protocols.length === 0 ? first : second,
  );
  const seen: number[] = [];
  const events = client.watchOrder('a');
  await until('live', 1);
  const waits = timers.waits();

  server.orders.set('a', [eventOf('a', 1), eventOf('a', 2)]);
  timers.pass(3_540_000);
  await until('live', 2);
  seen.push((await events.next()).value?.version ?? 0, (await events.next()).value?.version ?? 0);
  await events.return?.();

  expect(waits).toContain(3_540_000);
  expect(server.protocols.map((protocols) => sentIn(protocols)['Authorization'])).toEqual([first, second]);
  expect(seen).toEqual([1, 2]);
});

test('keeps a token that does not change until it expires', async () => {
  const { client, timers, until } = await clientWith(() => tokenUntil(90));

  const events = client.watchOrder('a');
  await until('live', 1);

  expect(timers.waits()).toContain(90_000);
  await events.return?.();
});

test('uses the API key while nobody is signed in', async () => {
  const { server, client } = await clientWith(() => null, 'da2-example');

  await client.order('a');

  expect(server.headers[0]).toMatchObject({ 'x-api-key': 'da2-example' });
  expect(server.headers[0]).not.toHaveProperty('authorization');
});

test.each([
  ['nobody is signed in and there is no key', () => null],
  ['the token holds what a header cannot', () => 'abc\n'],
])('throws Unauthorized from calls and watches when %s', async (_name, token) => {
  const { server, client } = await clientWith(token);

  await expect(client.order('a')).rejects.toMatchObject({ type: 'Unauthorized', retryable: false });
  await expect(client.watchOrder('a').next()).rejects.toMatchObject({ type: 'Unauthorized' });
  expect(server.queries()).toBe(0);
});

test('goes on as soon as a token can be had again', async () => {
  let failures = 3;
  const { client, until } = await clientWith(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('The issuer is down.');
    return tokenUntil(3600);
  });

  const events = client.watchOrder('a');
  await until('live', 1);

  expect((await events.next()).value).toMatchObject({ version: 1 });
  await events.return?.();
});

test('gives up a call whose token never comes', async () => {
  const { client, timers } = await clientWith(() => new Promise(() => {}));

  const call = client.order('a');
  timers.pass(35_000);

  await expect(call).rejects.toMatchObject({ type: 'Unreachable', retryable: true });
});
