import { expect } from 'vitest';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';
import { ask } from '../request.ts';
import { ALL_ROOMS, hearing, heardUntilEnd, publishRoom, type Room } from '../rooms/roomSession.ts';
import { nextFrame, start, withSession, type Session } from '../session.ts';

type Condition = readonly [fieldName: string, operator: string, value: unknown];

const ROOMS: readonly Room[] = [
  { id: '1', name: 'Alice', size: 5, open: true, tags: ['red', 'blue'], inner: { leaf: 'oak' } },
  { id: '2', name: 'alice', size: 7, open: false, tags: ['green'], inner: { inner: { leaf: 'oak' } } },
  { id: '3', name: 'Bob', size: -1 },
];

/** Every operator, with the rooms that pass. */
const OPERATORS: readonly (readonly [...Condition, readonly string[]])[] = [
  ['name', 'eq', 'Alice', ['1']],
  ['open', 'eq', true, ['1']],
  ['name', 'ne', 'Alice', ['2', '3']],
  ['size', 'le', 5, ['1', '3']],
  ['size', 'lt', 5, ['3']],
  ['size', 'ge', 5, ['1', '2']],
  ['size', 'gt', 5, ['2']],
  ['name', 'contains', 'lic', ['1', '2']],
  ['tags', 'contains', 'red', ['1']],
  ['name', 'notContains', 'lic', ['3']],
  ['name', 'beginsWith', 'A', ['1']],
  ['size', 'in', [5, -1], ['1', '3']],
  ['size', 'notIn', [5, -1], ['2']],
  ['size', 'between', [5, 6], ['1']],
  ['tags', 'containsAny', ['blue', 'green'], ['1', '2']],
  ['inner.leaf', 'eq', 'oak', ['1']],
  ['inner.inner.leaf', 'eq', 'oak', ['2']],
];

const filterOf = (groups: readonly (readonly Condition[])[]) => ({
  filterGroup: groups.map((group) => ({
    filters: group.map(([fieldName, operator, value]) => ({ fieldName, operator, value })),
  })),
});

const FILTERED =
  'subscription ($filter: AWSJSON!, $name: String) { onFiltered(filter: $filter, name: $name) { id } }';

function filtering(session: Session, id: string, filter: unknown) {
  return start(session, { id, query: FILTERED, variables: { filter: JSON.stringify(filter) } });
}

/** The rooms that pass a filter, by their ids. */
async function passing(target: ProtocolTarget, filter: unknown, rooms = ROOMS): Promise<readonly string[]> {
  const ids: string[] = [];
  await hearing(target, { all: ALL_ROOMS }, async (session) => {
    expect(await filtering(session, 'filtered', filter)).toMatchObject({ type: 'start_ack' });
    for (const room of rooms) await publishRoom(target, room);
    for (const { id, payload } of await heardUntilEnd(target, session))
      if (id === 'filtered') ids.push(payload.data.onFiltered.id);
  });
  return ids.filter((id) => id !== 'END');
}

const LIMITS: Readonly<Record<string, readonly (readonly Condition[])[]>> = {
  'six fields': [['id', 'name', 'size', 'open', 'tags', 'inner.leaf'].map((name) => [name, 'eq', 'x'])],
  'eleven filters in a group': [Array.from({ length: 11 }, () => ['size', 'eq', 1])],
  'six values of in': [[['size', 'in', [1, 2, 3, 4, 5, 6]]]],
  'six values of notIn': [[['size', 'notIn', [1, 2, 3, 4, 5, 6]]]],
  '21 values of containsAny': [[['tags', 'containsAny', Array.from({ length: 21 }, () => 'x')]]],
  'a value of 257 characters': [[['name', 'eq', 'x'.repeat(257)]]],
  'twelve groups after in is expanded': [
    [
      ['size', 'in', [1, 2, 3]],
      ['name', 'in', ['a', 'b', 'c', 'd']],
    ],
  ],
};

export const FILTER_RULES: readonly Rule[] = [
  {
    id: 'FI-01',
    level: 'MUST',
    says: 'filter by every operator, case-sensitive, in nested fields too',
    check: async (target) => {
      for (const [fieldName, operator, value, ids] of OPERATORS)
        expect([
          fieldName,
          operator,
          await passing(target, filterOf([[[fieldName, operator, value]]])),
        ]).toEqual([fieldName, operator, ids]);
    },
  },
  {
    id: 'FI-02',
    level: 'MUST',
    says: 'want every filter of a group and any group of the filter',
    check: async (target) => {
      const groups: readonly (readonly Condition[])[] = [
        [
          ['size', 'ge', 5],
          ['open', 'eq', true],
        ],
        [['name', 'eq', 'Bob']],
      ];
      expect(await passing(target, filterOf(groups))).toEqual(['1', '3']);
    },
  },
  {
    id: 'FI-03',
    level: 'MUST',
    says: 'let the filter of a resolver stand in the place of the arguments',
    check: (target) =>
      withSession(target, async (session) => {
        const filter = JSON.stringify(filterOf([[['size', 'eq', 42]]]));
        const variables = { filter, name: 'another name' };
        await start(session, { id: 'a', query: FILTERED, variables });
        await publishRoom(target, { id: 'other', name: 'another name', size: 1 });
        await publishRoom(target, { id: 'wanted', name: 'x', size: 42 });
        expect((await nextFrame(session))['payload']).toEqual({ data: { onFiltered: { id: 'wanted' } } });
      }),
  },
  {
    id: 'FI-04',
    level: 'MUST',
    says: 'refuse the start of a subscription whose filter is beyond a limit',
    check: (target) =>
      withSession(target, async (session) => {
        for (const [what, groups] of Object.entries(LIMITS))
          expect([what, (await filtering(session, what, filterOf(groups)))['type']]).toEqual([what, 'error']);
      }),
  },
  {
    id: 'FI-05',
    level: 'MUST',
    says: 'refuse the start of a subscription whose filter has an unknown operator or no group',
    check: (target) =>
      withSession(target, async (session) => {
        for (const filter of [filterOf([[['size', 'like', 1]]]), {}, { filterGroup: [] }])
          expect(await filtering(session, 'refused', filter)).toMatchObject({ id: 'refused', type: 'error' });
      }),
  },
  {
    id: 'FI-06',
    level: 'MUST',
    says: 'end the subscriptions whose invalidation filter matches and close their connection, and no other',
    check: (target) =>
      hearing(target, { other: 'subscription { onClosing(name: "other") { id } }' }, async (other) => {
        await hearing(target, { mine: 'subscription { onClosing(name: "mine") { id } }' }, async (mine) => {
          await ask(target, 'mutation { closeRooms(names: ["mine"]) { id } }');
          expect(await nextFrame(mine)).toMatchObject({ payload: { message: 'Subscription complete.' } });
          await mine.closed;
        });
        await publishRoom(target, { id: '1', name: 'other' });
        expect(await nextFrame(other)).toMatchObject({ id: 'other', type: 'data' });
      }),
  },
];
