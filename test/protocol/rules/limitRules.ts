import { expect } from 'vitest';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';
import { ask } from '../request.ts';
import { ALL_ROOMS, hearing, heardUntilEnd, publishRoom } from '../rooms/roomSession.ts';
import { nextFrame } from '../session.ts';

const KIBIBYTE = 1024;

async function closes(target: ProtocolTarget, names: readonly string[]) {
  const query = 'mutation ($names: [String!]!) { closeRooms(names: $names) { id } }';
  return (await ask(target, query, { names })).body;
}

export const LIMIT_RULES: readonly Rule[] = [
  {
    id: 'LI-01',
    level: 'MUST',
    says: 'answer what is within the depth limit, and QueryDepthLimitReached for what is below it',
    check: async (target) => {
      const query = '{ nested { nested { nested { leaf nested { leaf } } } } }';
      const { status, body } = await ask(target, query);
      expect([status, body.data.nested.nested.nested.leaf]).toEqual([200, 'c']);
      expect(body.errors).toMatchObject([{ errorType: 'QueryDepthLimitReached' }]);
      expect((await ask(target, '{ nested { nested { nested { leaf } } } }')).body.errors).toBeUndefined();
    },
  },
  {
    id: 'LI-02',
    level: 'MUST',
    says: 'run as many resolvers as allowed, and answer ResolverExecutionLimitReached for the next',
    check: async (target) => {
      const aliases = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      const { status, body } = await ask(
        target,
        `{ ${aliases.map((alias) => `${alias}: room(id: "1") { id }`).join(' ')} }`,
      );
      expect([status, Object.values(body.data).filter((room) => room !== null).length]).toEqual([200, 6]);
      expect(body.errors).toMatchObject([{ errorType: 'ResolverExecutionLimitReached' }]);
    },
  },
  {
    id: 'LI-03',
    level: 'MUST',
    says: 'answer introspection that is switched off as a validation error, and __typename all the same',
    check: async (target) => {
      for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "Room") { name } }']) {
        const { status, body } = await ask(target, query);
        expect([status, body.data]).toEqual([200, null]);
        expect(body.errors[0]).toMatchObject({ path: null });
      }
      expect((await ask(target, '{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
    },
  },
  {
    id: 'LI-04',
    level: 'MUST',
    says: 'drop an event above 240 KB without a word, and let its mutation succeed',
    check: (target) =>
      hearing(target, { all: ALL_ROOMS }, async (session) => {
        const name = 'x'.repeat(240 * KIBIBYTE);
        const { body } = await publishRoom(target, { id: 'large', name });
        expect(body.data.publishRoom.name).toHaveLength(name.length);
        expect(body.errors).toBeUndefined();
        expect(await heardUntilEnd(target, session)).toEqual([]);
      }),
  },
  {
    id: 'LI-05',
    level: 'MUST',
    says: 'deliver an event of 200 KB',
    check: (target) =>
      hearing(target, { a: 'subscription { onRoom(id: "big") { name } }' }, async (session) => {
        const name = 'x'.repeat(200 * KIBIBYTE);
        await publishRoom(target, { id: 'big', name });
        expect((await nextFrame(session))['payload']).toEqual({ data: { onRoom: { name } } });
      }),
  },
  {
    id: 'LI-06',
    level: 'MUST',
    says: 'let a request invalidate subscriptions five times, and answer an error to the sixth',
    check: async (target) => {
      expect((await closes(target, ['1', '2', '3', '4', '5'])).errors).toBeUndefined();
      expect((await closes(target, ['1', '2', '3', '4', '5', '6'])).errors).toMatchObject([
        { path: ['closeRooms'] },
      ]);
    },
  },
  {
    id: 'LI-07',
    level: 'SHOULD',
    says: 'refuse a document of more than 15,000 tokens without an error of the server',
    check: async (target) => {
      const { status, body } = await ask(target, `{${' __typename'.repeat(15_001)}}`);
      expect(status).toBeLessThan(500);
      expect(body.data ?? null).toBeNull();
    },
  },
];
