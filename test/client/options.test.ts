import { expect, onTestFinished, test } from 'vitest';
import { createClient, type ClientOptions } from '../../client/countersign.ts';
import { eventOf, startScriptedAppSync } from './support/scriptedAppSync.ts';

const URL_OF_API = 'https://api.example.com/graphql';

/** As a program in JavaScript may call it. */
function create(options: object | undefined): unknown {
  return createClient(options as ClientOptions);
}

test.each([
  ['no options', undefined, 'url must begin with http:// or https://; got undefined.'],
  ['no url', { apiKey: 'da2-example' }, 'url must begin with http:// or https://; got undefined.'],
  [
    'a url without a scheme',
    { url: 'localhost:4000/graphql', apiKey: 'da2-example' },
    'url must begin with http:// or https://; got localhost:4000/graphql.',
  ],
  ['a path', { url: '/graphql', apiKey: 'da2-example' }, 'url must begin with http'],
  [
    'a url of another scheme',
    { url: 'ws://localhost/graphql', apiKey: 'da2-example' },
    'url must begin with',
  ],
  ['a url that is not text', { url: 4000, apiKey: 'da2-example' }, 'url must begin with'],
  [
    'a realtimeUrl of another scheme',
    { url: URL_OF_API, realtimeUrl: 'https://api.example.com/realtime', apiKey: 'da2-example' },
    'realtimeUrl must begin with ws:// or wss://; got https://api.example.com/realtime.',
  ],
  ['neither a key nor a token', { url: URL_OF_API }, 'apiKey must be'],
  ['an empty key', { url: URL_OF_API, apiKey: '' }, 'apiKey must be'],
  [
    'a key with a character that a header cannot hold',
    { url: URL_OF_API, apiKey: 'da2-…' },
    'apiKey must be',
  ],
  ['a key with a line end', { url: URL_OF_API, apiKey: 'da2-example\n' }, 'apiKey must be'],
  ['a key that is not text', { url: URL_OF_API, apiKey: null }, 'apiKey must be'],
  ['a token that is not a function', { url: URL_OF_API, token: 'abc' }, 'token must be a function.'],
])('refuses %s with a TypeError that names the argument', (_name, options, message) => {
  expect(() => create(options)).toThrow(TypeError);
  expect(() => create(options)).toThrow(message);
});

test.each(['ws://localhost:4000/graphql/realtime', 'wss://api.example.com/realtime'])(
  'takes the realtimeUrl %s',
  (realtimeUrl) => {
    expect(() => create({ url: URL_OF_API, realtimeUrl, apiKey: 'da2-example' })).not.toThrow();
  },
);

test('shows neither the key nor a password in what it refuses', () => {
  expect(() => create({ url: URL_OF_API, apiKey: 'da2-secret…' })).not.toThrow('secret');
  expect(() => create({ url: 'https://ada:secret@api.example.com/graphql', apiKey: 'da2-example' })).toThrow(
    'url must begin with http:// or https://; got https://…@api.example.com/graphql.',
  );
});

test('needs a WebSocket for a watch only', async () => {
  const server = await startScriptedAppSync();
  onTestFinished(() => server.close());
  server.orders.set('a', [eventOf('a', 1)]);
  const { WebSocket } = globalThis;
  Reflect.deleteProperty(globalThis, 'WebSocket');
  onTestFinished(() => void Object.assign(globalThis, { WebSocket }));

  const client = createClient({ url: server.url, apiKey: 'da2-example' });

  expect(await client.order('a')).toMatchObject({ orderId: 'a' });
  expect(() => client.watchOrder('a')).toThrow(
    new TypeError('No WebSocket found: pass one to createClient.'),
  );
});
