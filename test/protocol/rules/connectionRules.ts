import { expect } from 'vitest';
import { openSocket, subprotocols, type SocketOptions } from '@countersign/local-cloud/testing';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';
import { signedForSocket } from '../request.ts';
import { keyFields, nextFrame, start, withSession } from '../session.ts';

const INIT = { type: 'connection_init' };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

async function isAcknowledged(url: string, options: SocketOptions): Promise<void> {
  const socket = await openSocket(url, options);
  socket.send(INIT);
  expect(await nextFrame(socket)).toEqual({
    type: 'connection_ack',
    payload: { connectionTimeoutMs: 300_000 },
  });
  socket.close();
}

async function isRefused(url: string, options: SocketOptions, error: unknown): Promise<void> {
  const socket = await openSocket(url, options);
  socket.send(INIT);
  expect(await nextFrame(socket)).toMatchObject({
    type: 'connection_error',
    payload: { errors: [error] },
  });
  await socket.closed;
}

const encoded = (target: ProtocolTarget) => encodeURIComponent(base64(keyFields(target)));

export const CONNECTION_RULES: readonly Rule[] = [
  {
    id: 'RT-01',
    level: 'MUST',
    says: 'take the key as a subprotocol and acknowledge with the timeout',
    check: (target) => isAcknowledged(target.realtimeUrl, { protocols: subprotocols(keyFields(target)) }),
  },
  {
    id: 'RT-02',
    level: 'MUST',
    says: 'echo graphql-ws and no other subprotocol',
    check: (target) =>
      withSession(target, async ({ webSocket }) => expect(webSocket.protocol).toBe('graphql-ws')),
  },
  {
    id: 'RT-03',
    level: 'MUST',
    says: 'take the key in the query, and ignore parameters that it does not know',
    check: (target) =>
      isAcknowledged(`${target.realtimeUrl}?header=${encoded(target)}&payload=${base64({})}&x-custom=1`, {
        protocols: ['graphql-ws'],
      }),
  },
  {
    id: 'RT-04',
    level: 'MUST',
    says: 'take the key as a header of the upgrade',
    check: (target) =>
      isAcknowledged(target.realtimeUrl, { protocols: ['graphql-ws'], headers: keyFields(target) }),
  },
  {
    id: 'RT-05',
    level: 'MUST',
    says: 'send a keep-alive after the acknowledgement',
    check: (target) =>
      withSession(target, async (session) => {
        session.send(INIT);
        expect(await session.next()).toMatchObject({ type: 'connection_ack' });
        expect(await session.next()).toEqual({ type: 'ka' });
      }),
  },
  {
    id: 'RT-06',
    level: 'MUST',
    says: 'deliver the refusal of a wrong key as a frame with an error code, and close',
    check: (target) =>
      isRefused(
        target.realtimeUrl,
        { protocols: subprotocols({ ...keyFields(target), 'x-api-key': `da2-${'x'.repeat(26)}` }) },
        {
          errorType: 'UnauthorizedException',
          message: 'You are not authorized to make this call.',
          errorCode: 401,
        },
      ),
  },
  {
    id: 'RT-07',
    level: 'MUST',
    says: 'say that the headers are missing when there are none, and close',
    check: (target) =>
      isRefused(
        target.realtimeUrl,
        { protocols: ['graphql-ws'] },
        { message: 'Required headers are missing.', errorCode: 400 },
      ),
  },
  {
    id: 'RT-08',
    level: 'MUST',
    says: 'say NoProtocolError to a client without a subprotocol, and close',
    check: (target) =>
      isRefused(
        `${target.realtimeUrl}?header=${encoded(target)}&payload=${base64({})}`,
        { protocols: [] },
        { message: 'NoProtocolError', errorCode: 400 },
      ),
  },
  {
    id: 'RT-09',
    level: 'MUST',
    says: 'take an IAM signature over POST /connect with the body {}',
    check: async (target) => {
      const fields = await signedForSocket(target, '{}', { path: '/connect' });
      await isAcknowledged(target.realtimeUrl, { protocols: subprotocols(fields) });
    },
  },
  {
    id: 'RT-10',
    level: 'MUST',
    says: 'refuse an IAM signature over another path',
    check: async (target) => {
      const fields = await signedForSocket(target);
      await isRefused(target.realtimeUrl, { protocols: subprotocols(fields) }, {});
    },
  },
  {
    id: 'RT-11',
    level: 'SHOULD',
    says: 'take the upgrade on the path of the GraphQL endpoint too',
    check: (target) => {
      const url = target.realtimeUrl.replace(/\/realtime$/, '');
      return isAcknowledged(url, { protocols: subprotocols(keyFields(target)) });
    },
  },
  {
    id: 'RT-12',
    level: 'MUST',
    says: 'take the query in both alphabets of base64, with and without padding',
    check: async (target) => {
      const buffer = Buffer.from(JSON.stringify({ ...keyFields(target), note: '>>>???' }));
      for (const header of [
        buffer.toString('base64url'),
        buffer.toString('base64'),
        encodeURIComponent(buffer.toString('base64')),
        buffer.toString('base64').replaceAll('=', ''),
      ])
        await isAcknowledged(`${target.realtimeUrl}?header=${header}&payload=e30`, {
          protocols: ['graphql-ws'],
        });
    },
  },
  {
    id: 'RT-13',
    level: 'MUST',
    says: 'refuse credentials that are no JSON as missing',
    check: (target) =>
      isRefused(target.realtimeUrl, { protocols: ['graphql-ws', 'header-bm9uc2Vuc2U'] }, { errorCode: 400 }),
  },
  {
    id: 'RT-14',
    level: 'MUST',
    says: 'let a client subscribe without connection_init',
    check: (target) =>
      withSession(target, async (session) => {
        const query = 'subscription { onOrderStatus { orderId } }';
        expect(await start(session, { query, id: 'first' })).toMatchObject({
          id: 'first',
          type: 'start_ack',
        });
      }),
  },
  {
    id: 'RT-15',
    level: 'MUST',
    says: 'take the id of a subscription again on a new connection, as clients do after a drop',
    check: async (target) => {
      const query = 'subscription { onOrderStatus { orderId } }';
      for (let connection = 0; connection < 2; connection += 1)
        await withSession(target, async (session) => {
          expect(await start(session, { query, id: 'same' })).toMatchObject({ type: 'start_ack' });
        });
    },
  },
  {
    id: 'RT-16',
    level: 'MUST',
    says: 'not agree on graphql-transport-ws',
    check: async (target) => {
      const webSocket = new WebSocket(`${target.realtimeUrl}?header=${encoded(target)}&payload=e30`, [
        'graphql-transport-ws',
      ]);
      const ended = Promise.withResolvers<string>();
      webSocket.addEventListener('open', () => ended.resolve('opened'));
      webSocket.addEventListener('error', () => ended.resolve('failed'));
      expect(await ended.promise).toBe('failed');
    },
  },
];
