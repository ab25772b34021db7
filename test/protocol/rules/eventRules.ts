import { expect } from 'vitest';
import type { Rule } from '../protocolTarget.ts';
import { ask } from '../request.ts';
import { ALL_ROOMS, askSigned, hearing, heardUntilEnd, publishRoom } from '../rooms/roomSession.ts';
import { nextFrame, start, withSession } from '../session.ts';

/** What subscribers hear of mutations, and what they do not. */
export const EVENT_RULES: readonly Rule[] = [
  {
    id: 'EV-01',
    level: 'MUST',
    says: 'deliver under the aliases of the subscription, nested fields and __typename included',
    check: (target) => {
      const query =
        'subscription { room: onRoom(id: "alias") { __typename number: id inner { __typename leaf } } }';
      return hearing(target, { a: query }, async (session) => {
        await publishRoom(target, { id: 'alias', inner: { leaf: 'green' } });
        expect(await nextFrame(session)).toEqual({
          id: 'a',
          type: 'data',
          payload: {
            data: {
              room: {
                __typename: 'Room',
                number: 'alias',
                inner: { __typename: 'Inner', leaf: 'green' },
              },
            },
          },
        });
      });
    },
  },
  {
    id: 'EV-02',
    level: 'MUST',
    says: 'send null for data.<field> with an error when a non-null field was not selected by the mutation',
    check: (target) =>
      hearing(target, { a: 'subscription { mine: onStrict { id created } }' }, async (session) => {
        await ask(target, 'mutation { publishStrict(input: {id: "1"}) { id } }');
        expect((await nextFrame(session))['payload']).toEqual({
          data: { mine: null },
          errors: [
            {
              message:
                "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Strict' (/mine/created)",
              path: ['mine', 'created'],
              locations: null,
            },
          ],
        });
      }),
  },
  {
    id: 'EV-03',
    level: 'MUST',
    says: 'deliver what the mutation selected, not what its resolver answered or its arguments said',
    check: (target) =>
      hearing(
        target,
        { a: 'subscription { onRoom(id: "bare") { id name size inner { leaf } } }' },
        async (session) => {
          await publishRoom(target, { id: 'bare', name: 'x', size: 1, inner: { leaf: 'y' } }, 'id size');
          expect((await nextFrame(session))['payload'].data).toEqual({
            onRoom: { id: 'bare', name: null, size: 1, inner: null },
          });
        },
      ),
  },
  {
    id: 'EV-04',
    level: 'MUST',
    says: 'send no event for a mutation that failed',
    check: (target) =>
      hearing(target, { all: ALL_ROOMS }, async (session) => {
        await ask(target, 'mutation { failToPublish(input: {id: "1"}) { id } }');
        expect(await heardUntilEnd(target, session)).toEqual([]);
      }),
  },
  {
    id: 'EV-05',
    level: 'SHOULD',
    says: 'send no event for a mutation that answered null',
    check: (target) =>
      hearing(target, { all: ALL_ROOMS }, async (session) => {
        await ask(target, 'mutation { closeRooms(names: []) { id } }');
        expect(await heardUntilEnd(target, session)).toEqual([]);
      }),
  },
  {
    id: 'EV-06',
    level: 'MUST',
    says: 'want every argument that was given to equal the field of the event, of every type',
    check: (target) => {
      const queries = {
        all: ALL_ROOMS,
        both: 'subscription { onRoom(name: "b", size: 3) { id } }',
        open: 'subscription { onRoom(open: false) { id } }',
        nothing: 'subscription { onRoom(name: null) { id } }',
      };
      return hearing(target, queries, async (session) => {
        for (const room of [
          { id: '1', name: 'b', size: 2 },
          { id: '2', name: 'b', size: 3, open: true },
          { id: '3', open: false },
        ])
          await publishRoom(target, room);
        const frames = await heardUntilEnd(target, session);
        const hits = frames
          .filter(({ id }) => id !== 'all')
          .map(({ id, payload }) => `${id} ${payload.data.onRoom.id}`);
        expect(hits.filter((hit) => hit !== 'nothing END').toSorted()).toEqual([
          'both 2',
          'nothing 3',
          'open 3',
        ]);
      });
    },
  },
  {
    id: 'EV-07',
    level: 'MUST',
    says: 'take a variable that was declared and not given as null, unlike an argument that is not written',
    check: (target) =>
      withSession(target, async (session) => {
        const query = 'subscription ($name: String) { onRoom(id: "variable", name: $name) { id } }';
        await start(session, { id: 'unset', query, variables: {} });
        await start(session, { id: 'null', query, variables: { name: null } });
        await start(session, { id: 'all', query: ALL_ROOMS });
        await publishRoom(target, { id: 'variable', name: 'x' });
        const frames = await heardUntilEnd(target, session);
        expect(frames.map(({ id }) => id).toSorted()).toEqual(['all']);
      }),
  },
  {
    id: 'EV-08',
    level: 'MUST',
    says: 'deliver to a key what IAM has published, but no field that is for IAM',
    check: (target) =>
      hearing(target, { a: 'subscription { onRoom(id: "signed") { id secret } }' }, async (session) => {
        const { body } = await askSigned(
          target,
          'mutation { publishSigned(input: {id: "signed", secret: "s"}) { id secret } }',
        );
        expect(body).toEqual({ data: { publishSigned: { id: 'signed', secret: 's' } } });
        const { payload } = await nextFrame(session);
        expect(payload).toMatchObject({
          data: { onRoom: { id: 'signed', secret: null } },
          errors: [{ errorType: 'Unauthorized', path: ['onRoom', 'secret'] }],
        });
      }),
  },
  {
    id: 'EV-09',
    level: 'MUST',
    says: "run a subscription's resolver once, when it starts; its error is the answer to the start",
    check: (target) =>
      withSession(target, async (session) => {
        const of = (name: string) => `subscription { onGuarded(name: "${name}") { id } }`;
        expect(await start(session, { id: 'closed', query: of('closed') })).toMatchObject({
          id: 'closed',
          type: 'error',
          payload: {
            errors: [
              {
                errorType: 'Unauthorized',
                message: 'Not Authorized to access onGuarded on type Subscription',
              },
            ],
          },
        });
        expect(await start(session, { id: 'broken', query: of('broken') })).toMatchObject({
          id: 'broken',
          type: 'error',
          payload: { errors: [{ errorType: 'Busy', message: 'Not now' }] },
        });
        expect(await start(session, { id: 'open', query: of('open') })).toMatchObject({ type: 'start_ack' });
        await publishRoom(target, { id: '1', name: 'open' });
        expect(await nextFrame(session)).toMatchObject({ id: 'open', type: 'data' });
      }),
  },
  {
    id: 'EV-10',
    level: 'MUST',
    says: 'refuse a subscription that is for IAM to a key, and leave the connection open',
    check: (target) =>
      withSession(target, async (session) => {
        expect(await start(session, { query: 'subscription { onSigned { id } }' })).toMatchObject({
          type: 'error',
          payload: { errors: [{ errorType: 'Unauthorized' }] },
        });
        expect(await start(session, { query: ALL_ROOMS })).toMatchObject({ type: 'start_ack' });
      }),
  },
  {
    id: 'EV-11',
    level: 'MUST',
    says: 'send the events of one publisher in their order',
    check: (target) =>
      hearing(target, { all: ALL_ROOMS }, async (session) => {
        const ids = Array.from({ length: 20 }, (_, index) => `in-order-${index}`);
        for (const id of ids) await publishRoom(target, { id });
        const frames = await heardUntilEnd(target, session);
        expect(frames.map(({ payload }) => payload.data.onRoom.id)).toEqual(ids);
      }),
  },
];
