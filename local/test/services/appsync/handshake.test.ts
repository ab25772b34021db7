import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { API_KEY } from './support/apiDefinition.ts';
import { call, signForSocket } from './support/callApi.ts';
import { subprotocols } from '../../../testing/openSocket.ts';
import { openSocket, KEY_FIELDS, startFrame, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

const ACK = { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } };
const INIT = { type: 'connection_init' };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a realtime connection', () => {
  test('is acknowledged, kept alive at once, and echoes graphql-ws alone', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);

    socket.send(INIT);

    expect(socket.webSocket.protocol).toBe('graphql-ws');
    expect(await socket.next()).toEqual(ACK);
    expect(await socket.next()).toEqual({ type: 'ka' });
  });

  test.each([
    ['a subprotocol', { protocols: subprotocols(KEY_FIELDS) }, ''],
    [
      'a subprotocol with names in other cases, twice',
      { protocols: subprotocols({ Host: 'localhost', 'X-Api-Key': API_KEY, 'x-api-key': API_KEY }) },
      '',
    ],
    [
      'the query in base64',
      { protocols: ['graphql-ws'] },
      `?header=${encodeURIComponent(base64(KEY_FIELDS))}&payload=${base64({})}&x-other=1`,
    ],
    [
      'the query in base64 that nobody escaped',
      { protocols: ['graphql-ws'] },
      `?header=${base64({ ...KEY_FIELDS, more: '>>>???' })}&payload=e30=`,
    ],
    [
      'the query in base64url',
      { protocols: ['graphql-ws'] },
      `?header=${Buffer.from(JSON.stringify(KEY_FIELDS)).toString('base64url')}&payload=e30`,
    ],
    ['headers of the upgrade', { protocols: ['graphql-ws'], headers: { 'x-api-key': API_KEY } }, ''],
  ])('takes the key from %s', async (_what, options, query) => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl + query, options);

    socket.send(INIT);

    expect(await socket.next()).toEqual(ACK);
  });

  test('is accepted on /graphql too, and nowhere else', async () => {
    const api = await startApi();
    const socket = await openSocket(`ws://127.0.0.1:${api.port}/graphql`);
    const elsewhere = openSocket(`ws://127.0.0.1:${api.port}/elsewhere`);

    socket.send(INIT);

    expect(await socket.next()).toEqual(ACK);
    await expect(elsewhere).rejects.toThrow('404');
  });

  test.each([
    [
      'a wrong key',
      { protocols: subprotocols({ host: 'localhost', 'x-api-key': 'da2-wrong' }) },
      {
        errorType: 'UnauthorizedException',
        message: 'You are not authorized to make this call.',
        errorCode: 401,
      },
    ],
    [
      'no credentials',
      { protocols: ['graphql-ws'] },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    [
      'an empty object',
      { protocols: subprotocols({}) },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    [
      'an object that is none',
      { protocols: ['graphql-ws', 'header-bm9uc2Vuc2U'] },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    [
      'no subprotocol',
      { protocols: [], headers: { 'x-api-key': API_KEY } },
      { message: 'NoProtocolError', errorCode: 400 },
    ],
  ])('with %s is told why on an accepted socket, which is then closed', async (_what, options, error) => {
    const api = await startApi();

    const socket = await openSocket(api.realtimeUrl, options);

    expect(await socket.next()).toEqual({ payload: { errors: [error] }, type: 'connection_error' });
    expect(await socket.closed).toBe(1008);
  });

  test('by a client of graphql-transport-ws is not agreed on', async () => {
    const api = await startApi();

    const opening = openSocket(api.realtimeUrl, { protocols: ['graphql-transport-ws'] });

    await expect(opening).rejects.toThrow('Server sent no subprotocol');
  });

  test('is open to the right key however many wrong ones came before it', async () => {
    const api = await startApi();
    const wrong = { protocols: subprotocols({ host: 'localhost', 'x-api-key': 'da2-wrong' }) };
    for (let count = 0; count < 30; count += 1) await (await openSocket(api.realtimeUrl, wrong)).closed;

    const socket = await openSocket(api.realtimeUrl);
    socket.send({ type: 'connection_init' });

    expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
  });

  test('takes an IAM signature as a subprotocol, in the query and as headers, and one for each subscription', async () => {
    const api = await startApi();
    const fields = await signForSocket(`${api.graphqlUrl}/connect`, '{}');
    const query = `?header=${encodeURIComponent(base64(fields))}&payload=${base64({})}`;
    const { host: _host, ...headers } = fields;
    const sockets = [
      await openSocket(api.realtimeUrl, { protocols: subprotocols(fields) }),
      await openSocket(api.realtimeUrl + query, { protocols: ['graphql-ws'] }),
      await openSocket(api.realtimeUrl, { protocols: ['graphql-ws'], headers }),
    ];
    const [socket] = sockets;
    const data = JSON.stringify({ query: 'subscription { onSigned { id } }' });
    const authorization = await signForSocket(api.graphqlUrl, data);

    for (const each of sockets) each.send(INIT);
    const answers = await Promise.all(sockets.map((each) => each.next()));
    await socket?.next();
    socket?.send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });

    expect(answers).toEqual([ACK, ACK, ACK]);
    expect(await socket?.next()).toEqual({ id: '1', type: 'start_ack' });
  });

  test.each([
    ['the wrong body', (url: string) => signForSocket(`${url}/connect`, '{"a":1}')],
    ['the wrong path', (url: string) => signForSocket(url, '{}')],
  ])('is refused with a signature over %s', async (_what, signed) => {
    const api = await startApi();
    const fields = await signed(api.graphqlUrl);

    const socket = await openSocket(api.realtimeUrl, { protocols: subprotocols(fields) });

    expect(await socket.next()).toMatchObject({
      type: 'connection_error',
      payload: { errors: [{ errorType: 'UnauthorizedException', errorCode: 403 }] },
    });
  });

  test('is kept alive by ka, closed after 24 hours, and cut when nobody answers pings', async () => {
    const api = await startApi({}, { tickMilliseconds: 1 });
    const living = await openSocket(api.realtimeUrl);
    const silent = await openSocket(api.realtimeUrl);
    silent.webSocket.removeAllListeners('ping');
    (silent.webSocket as WebSocket & { _autoPong: boolean })._autoPong = false;

    for (const socket of [living, silent]) socket.send(INIT);

    for (const frame of [ACK, { type: 'ka' }, { type: 'ka' }]) expect(await living.next()).toEqual(frame);
    expect(await silent.closed).toBe(1006);
    api.clock.advance(24 * 3_600_000);
    expect(await living.closed).toBe(1000);
  });

  test.each([
    ['says nothing', []],
    ['says nothing that means anything', [{ type: 'hello' }]],
  ])('is closed when its client %s, though it answers pings', async (_what, frames) => {
    const api = await startApi({}, { tickMilliseconds: 5 });
    const socket = await openSocket(api.realtimeUrl);

    for (const frame of frames) socket.send(frame);

    expect(await socket.closed).toBe(1008);
  });

  test('older than 24 hours is closed soon, but not before what became due was heard', async () => {
    const api = await startApi({}, { tickMilliseconds: 100 });
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' });
    await call(api, 'mutation { publishRoom(input: {id: 0}) { id } }'); // the process of the resolvers is up
    await socket.next();

    api.clock.advance(24 * 3_600_000);
    await call(api, 'mutation { publishRoom(input: {id: 1}) { id } }');

    expect(await socket.next()).toMatchObject({ id: 'a', type: 'data' });
    expect(await socket.closed).toBe(1000);
    expect(socket.unread()).toBe(0);
  });

  test('needs no connection_init, and survives frames that mean nothing', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const unsupported = {
      type: 'error',
      payload: {
        errors: [
          {
            errorType: 'UnsupportedOperation',
            message: 'unknown not supported through the realtime channel',
          },
        ],
      },
    };

    socket.send({ id: '1', type: 'subscribe', payload: { query: '{__typename}' } });
    socket.send({ id: '1', type: 'start', payload: {} });
    socket.send({ type: 'start' });
    socket.sendText('nonsense');
    socket.webSocket.send(Buffer.from([1, 2, 3]));
    socket.send([]);
    socket.send(null);

    for (let count = 0; count < 7; count += 1) expect(await socket.next()).toEqual(unsupported);
    expect(await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' })).toEqual({
      id: 'a',
      type: 'start_ack',
    });
  });

  test('says goodbye when the server stops', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    socket.send(startFrame('subscription { onRoom { id } }'));
    await socket.next();

    await api.appsync.stop();

    expect(await socket.closed).toBe(1001);
  });
});
