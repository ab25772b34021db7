import { expect } from 'vitest';
import {
  openSocket,
  postGraphql,
  subprotocols,
  type SignOptions,
  type SocketOptions,
} from '@countersign/local-cloud/testing';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';
import { ask, newOrderId, publish, signed, signedForSocket } from '../request.ts';
import { nextFrame } from '../session.ts';

const INIT = { type: 'connection_init' };
const BODY = JSON.stringify({ query: '{__typename}' });
const AN_HOUR = 3_600_000;
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

/** What is wrong with a signature, and nothing else. */
const WRONG: Readonly<Record<string, (target: ProtocolTarget) => Partial<SignOptions>>> = {
  'a wrong secret': ({ credentials }) => ({ credentials: { ...credentials, secretAccessKey: 'wrong' } }),
  'an unknown access key': ({ credentials }) => ({
    credentials: { ...credentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  }),
  'another service': () => ({ service: 'execute-api' }),
  'another region': () => ({ region: 'ap-south-2' }),
  'a time an hour ago': () => ({ date: new Date(Date.now() - AN_HOUR) }),
  'a time in an hour': () => ({ date: new Date(Date.now() + AN_HOUR) }),
};

const signedConnect = (target: ProtocolTarget, changes: Partial<SignOptions> = {}) =>
  signedForSocket(target, '{}', { path: '/connect', ...changes });

async function refusesOverHttp(target: ProtocolTarget, headers: Record<string, string>, body = BODY) {
  const answer = await postGraphql(target, body, headers);
  expect([401, 403]).toContain(answer.status);
  expect(answer.headers.get('x-amzn-errortype')).toBe(answer.body.errors[0].errorType);
  expect(answer.body.data).toBeUndefined();
}

async function refusesOnSocket({ realtimeUrl }: ProtocolTarget, fields: Record<string, string>) {
  const socket = await openSocket(realtimeUrl, { protocols: subprotocols(fields) });
  const frame = await nextFrame(socket);
  expect(frame).toMatchObject({ type: 'connection_error' });
  expect([400, 401, 403]).toContain(frame['payload'].errors[0].errorCode);
  await socket.closed;
}

async function acknowledges(url: string, options: SocketOptions): Promise<void> {
  const socket = await openSocket(url, options);
  socket.send(INIT);
  expect(await nextFrame(socket)).toMatchObject({ type: 'connection_ack' });
  socket.close();
}

const httpRefusals = Object.entries(WRONG).map(([what, changes], index): Rule => ({
  id: `AU-0${index + 2}`,
  level: 'MUST',
  says: `refuse a request signed with ${what}, with the header of the error's type`,
  check: async (target) => refusesOverHttp(target, await signed(target, BODY, changes(target))),
}));

const socketRefusals = Object.entries(WRONG).map(([what, changes], index): Rule => ({
  id: `AU-${index + 12}`,
  level: 'MUST',
  says: `refuse a connection signed with ${what} in a frame with an error code, and close`,
  check: async (target) => refusesOnSocket(target, await signedConnect(target, changes(target))),
}));

export const SIGNATURE_RULES: readonly Rule[] = [
  {
    id: 'AU-01',
    level: 'MUST',
    says: 'take an IAM signature for the service appsync',
    check: async (target) => {
      const orderId = newOrderId();
      const { status, body } = await publish(target, { orderId }, 'orderId');
      expect({ status, body }).toEqual({ status: 200, body: { data: { publishOrderStatus: { orderId } } } });
    },
  },
  ...httpRefusals,
  {
    id: 'AU-08',
    level: 'MUST',
    says: 'refuse a signature over another body',
    check: async (target) => refusesOverHttp(target, await signed(target, BODY), `${BODY} `),
  },
  {
    id: 'AU-09',
    level: 'MUST',
    says: 'close an unmarked field to a mode that is not the default',
    check: async (target) => {
      const query = '{ order(orderId: "nobody") { orderId } }';
      const body = JSON.stringify({ query });
      const answer = await postGraphql(target, body, await signed(target, body));
      expect([answer.status, (await ask(target, query)).body]).toEqual([200, { data: { order: null } }]);
      expect(answer.body).toMatchObject({
        data: { order: null },
        errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access order on type Query' }],
      });
    },
  },
  {
    id: 'AU-10',
    level: 'MUST',
    says: 'take the signature of a connection in the query',
    check: async (target) => {
      const header = encodeURIComponent(base64(await signedConnect(target)));
      const url = `${target.realtimeUrl}?header=${header}&payload=${base64({})}`;
      await acknowledges(url, { protocols: ['graphql-ws'] });
    },
  },
  {
    id: 'AU-11',
    level: 'MUST',
    says: 'take the signature of a connection in the headers of the upgrade',
    check: async (target) => {
      const { host: _host, ...headers } = await signedConnect(target);
      await acknowledges(target.realtimeUrl, { protocols: ['graphql-ws'], headers });
    },
  },
  ...socketRefusals,
];
