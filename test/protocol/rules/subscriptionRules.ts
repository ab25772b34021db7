import { expect } from 'vitest';
import { newOrderId, publish, signedForSocket } from '../request.ts';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';
import { nextFrame, start, withSession, type Session } from '../session.ts';

const BY_ORDER =
  'subscription ($orderId: ID) { onOrderStatus(orderId: $orderId) { __typename orderId status version reason } }';

/** Subscribes to a new order and gives its id. */
async function following(session: Session, query = BY_ORDER): Promise<string> {
  const orderId = newOrderId();
  expect(await start(session, { query, variables: { orderId }, id: orderId })).toMatchObject({
    id: orderId,
    type: 'start_ack',
  });
  return orderId;
}

const UNSUPPORTED = {
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

async function errorOf(target: ProtocolTarget, query: string): Promise<unknown> {
  let answer: unknown = null;
  await withSession(target, async (session) => {
    answer = await start(session, { query, id: 'refused' });
  });
  return answer;
}

export const SUBSCRIPTION_RULES: readonly Rule[] = [
  {
    id: 'SU-01',
    level: 'MUST',
    says: 'acknowledge a start and deliver an event with the data of the selection',
    check: (target) =>
      withSession(target, async (session) => {
        const orderId = await following(session);
        await publish(target, { orderId, version: 7, reason: 'because' });
        expect(await nextFrame(session)).toEqual({
          id: orderId,
          type: 'data',
          payload: {
            data: {
              onOrderStatus: {
                __typename: 'OrderStatusEvent',
                orderId,
                status: 'PROCESSING',
                version: 7,
                reason: 'because',
              },
            },
          },
        });
      }),
  },
  {
    id: 'SU-02',
    level: 'MUST',
    says: 'deliver nothing of a field that the mutation did not select: null where that is allowed',
    check: (target) =>
      withSession(target, async (session) => {
        const orderId = await following(session);
        await publish(target, { orderId, reason: 'hidden' }, 'orderId status version');
        const { payload } = await nextFrame(session);
        expect(payload.data.onOrderStatus).toMatchObject({ orderId, reason: null });
      }),
  },
  {
    id: 'SU-03',
    level: 'MUST',
    says: 'answer a non-null field that was not selected with AppSync words and a null root',
    check: (target) =>
      withSession(target, async (session) => {
        const orderId = await following(session);
        await publish(target, { orderId }, 'orderId status');
        const { payload } = await nextFrame(session);
        expect(payload.data).toEqual({ onOrderStatus: null });
        expect(payload.errors[0].message).toBe(
          "Cannot return null for non-nullable type: 'Int' within parent 'OrderStatusEvent' (/onOrderStatus/version)",
        );
      }),
  },
  {
    id: 'SU-04',
    level: 'MUST',
    says: 'match arguments against the selected fields of the event',
    check: (target) =>
      withSession(target, async (session) => {
        const orderId = await following(session);
        await publish(target, { orderId: newOrderId(), version: 1 });
        await publish(target, { orderId, version: 2 }, 'status version');
        await publish(target, { orderId, version: 3 });
        const { payload } = await nextFrame(session);
        expect(payload.data.onOrderStatus.version).toBe(3);
      }),
  },
  {
    id: 'SU-05',
    level: 'MUST',
    says: 'take an omitted argument as every event, and null as events without the field',
    check: (target) =>
      withSession(target, async (session) => {
        const query = 'subscription { onOrderStatus { orderId } }';
        await start(session, { query, id: 'omitted' });
        await start(session, {
          query: query.replace('onOrderStatus', 'onOrderStatus(orderId: null)'),
          id: 'null',
        });
        const orderId = newOrderId();
        await publish(target, { orderId });
        const own = async () => {
          for (;;) {
            const frame = await nextFrame(session);
            if (frame['payload'].data?.onOrderStatus?.orderId === orderId) return frame;
          }
        };
        expect(await own()).toMatchObject({ id: 'omitted' });
        session.send({ id: 'null', type: 'stop' });
        expect(await nextFrame(session)).toEqual({ id: 'null', type: 'complete' });
      }),
  },
  {
    id: 'SU-06',
    level: 'MUST',
    says: 'answer stop with complete, and send nothing more for the id',
    check: (target) =>
      withSession(target, async (session) => {
        const orderId = await following(session);
        session.send({ id: orderId, type: 'stop' });
        expect(await nextFrame(session)).toEqual({ id: orderId, type: 'complete' });
        await publish(target, { orderId });
        const next = await following(session);
        await publish(target, { orderId: next });
        expect(await nextFrame(session)).toMatchObject({ id: next, type: 'data' });
      }),
  },
  {
    id: 'SU-07',
    level: 'MUST',
    says: 'refuse a second subscription with the same id on one connection',
    check: (target) =>
      withSession(target, async (session) => {
        const id = await following(session);
        expect(await start(session, { query: BY_ORDER, id })).toMatchObject({
          id,
          type: 'error',
          payload: {
            errors: [
              { errorType: 'DuplicatedOperationError', message: `Duplicated operation with id ${id}` },
            ],
          },
        });
      }),
  },
  {
    id: 'SU-08',
    level: 'MUST',
    says: 'answer what it does not know without an id: a type, subscribe, or start without data',
    check: (target) =>
      withSession(target, async (session) => {
        for (const frame of [
          { type: 'dance' },
          { id: '1', type: 'subscribe', payload: { query: '{__typename}' } },
          { id: '1', type: 'start', payload: {} },
        ]) {
          session.send(frame);
          expect(await nextFrame(session)).toEqual(UNSUPPORTED);
        }
      }),
  },
  {
    id: 'SU-09',
    level: 'MUST',
    says: 'refuse queries and mutations',
    check: async (target) => {
      for (const query of ['query { __typename }', 'mutation { __typename }'])
        expect(await errorOf(target, query)).toMatchObject({
          type: 'error',
          payload: { errors: [{ errorType: 'UnsupportedOperation' }] },
        });
    },
  },
  {
    id: 'SU-10',
    level: 'MUST',
    says: 'check the credentials of each subscription, and keep the connection',
    check: (target) =>
      withSession(target, async (session) => {
        const authorization = { ...session.fields, 'x-api-key': `da2-${'x'.repeat(26)}` };
        expect(await start(session, { query: BY_ORDER, id: 'wrong', authorization })).toMatchObject({
          id: 'wrong',
          type: 'error',
          payload: { errors: [{ errorType: 'UnauthorizedException' }] },
        });
        await following(session);
      }),
  },
  {
    id: 'SU-11',
    level: 'MUST',
    says: 'take the names of the credentials in any case, twice',
    check: (target) =>
      withSession(target, async (session) => {
        const authorization = { ...session.fields, 'X-Api-Key': target.apiKey, 'x-amz-user-agent': 'test' };
        expect(await start(session, { query: BY_ORDER, authorization })).toMatchObject({ type: 'start_ack' });
      }),
  },
  {
    id: 'SU-12',
    level: 'MUST',
    says: 'take an IAM signature over the data of a start, and then ask whether the field is for IAM',
    check: (target) =>
      withSession(target, async (session) => {
        const data = JSON.stringify({ query: BY_ORDER, variables: { orderId: newOrderId() } });
        const errorTypeOf = async (signedData: string) => {
          const authorization = await signedForSocket(target, signedData);
          session.send({ id: 'iam', type: 'start', payload: { data, extensions: { authorization } } });
          return (await nextFrame(session))['payload'].errors[0].errorType;
        };
        expect(await errorTypeOf(data)).toBe('Unauthorized');
        expect(await errorTypeOf(`${data} `)).toBe('UnauthorizedException');
      }),
  },
  {
    id: 'SU-13',
    level: 'MUST',
    says: 'refuse a field that the schema does not have',
    check: async (target) => {
      expect(await errorOf(target, 'subscription { nothing }')).toMatchObject({
        id: 'refused',
        type: 'error',
      });
    },
  },
  {
    id: 'SU-14',
    level: 'MUST',
    says: 'allow 100 subscriptions on a connection, and answer the next with an object in errors',
    check: (target) =>
      withSession(target, async (session) => {
        for (let count = 0; count < 100; count += 1) await following(session);
        expect(await start(session, { query: BY_ORDER, id: 'last' })).toMatchObject({
          id: 'last',
          type: 'error',
          payload: { errors: { errorType: 'MaxSubscriptionsReachedError' } },
        });
      }),
  },
  {
    id: 'SU-15',
    level: 'SHOULD',
    says: 'answer stop of an unknown id with UnknownOperationError',
    check: (target) =>
      withSession(target, async (session) => {
        session.send({ id: 'nobody', type: 'stop' });
        expect(await nextFrame(session)).toMatchObject({
          id: 'nobody',
          payload: { errors: [{ errorType: 'UnknownOperationError' }] },
        });
      }),
  },
];
