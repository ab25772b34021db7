import { describe, expect, test } from 'vitest';
import { createAudience } from '../../../services/appsync/filters/audience.ts';
import { filterIndex } from '../../../services/appsync/filters/filterIndex.ts';
import { matches } from '../../../services/appsync/filters/matches.ts';
import { parseFilter } from '../../../services/appsync/filters/parseFilter.ts';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { openSocket, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

const one = (fieldName: string, operator: string, value: unknown) => ({
  filterGroup: [{ filters: [{ fieldName, operator, value }] }],
});
const payload = {
  name: 'Alice',
  size: 5,
  open: true,
  tags: ['red', 'blue'],
  numbers: [1, 2],
  nothing: null,
  a: { b: { c: { d: { e: 'deep', f: { g: 'deeper' } } } } },
};

describe('a filter', () => {
  test.each([
    ['name', 'eq', 'Alice', true],
    ['name', 'eq', 'alice', false],
    ['open', 'eq', true, true],
    ['open', 'ne', true, false],
    ['size', 'ne', 4, true],
    ['missing', 'ne', 4, true],
    ['size', 'le', 5, true],
    ['size', 'lt', 5, false],
    ['size', 'ge', 5, true],
    ['size', 'gt', 4, true],
    ['name', 'gt', 'Al', true],
    ['name', 'lt', 3, false],
    ['missing', 'le', 3, false],
    ['name', 'contains', 'lic', true],
    ['tags', 'contains', 'red', true],
    ['numbers', 'contains', 3, false],
    ['tags', 'notContains', 'red', false],
    ['missing', 'notContains', 'red', true],
    ['name', 'beginsWith', 'Al', true],
    ['name', 'beginsWith', 'li', false],
    ['size', 'in', [4, 5], true],
    ['size', 'in', [4, '5'], false],
    ['name', 'notIn', ['Bob'], true],
    ['size', 'between', [5, 7], true],
    ['size', 'between', [6, 7], false],
    ['tags', 'containsAny', ['green', 'blue'], true],
    ['tags', 'containsAny', ['green'], false],
    ['a.b.c.d.e', 'eq', 'deep', true],
    ['a.b.c.d.f.g', 'eq', 'anything, for it is ignored', true],
    ['nothing', 'eq', 'x', false],
    ['constructor', 'contains', 'x', false],
  ])('of %s %s %j: %s', (fieldName, operator, value, expected) => {
    expect(matches(parseFilter(one(fieldName, operator, value)), payload)).toBe(expected);
  });

  test('wants all conditions of any group', () => {
    const groups = [
      {
        filters: [
          { fieldName: 'size', operator: 'eq', value: 5 },
          { fieldName: 'name', operator: 'eq', value: 'Bob' },
        ],
      },
      { filters: [{ fieldName: 'open', operator: 'eq', value: true }] },
    ];

    expect(matches(parseFilter({ filterGroup: groups }), payload)).toBe(true);
    expect(matches(parseFilter({ filterGroup: groups.slice(0, 1) }), payload)).toBe(false);
  });

  test.each([
    ['nothing', null, 'filterGroup must be a list'],
    ['no group', { filterGroup: [] }, 'filterGroup must be a list'],
    ['no condition', { filterGroup: [{ filters: [] }] }, 'filters must be a list'],
    ['an unknown operator', one('a', 'like', 'x'), '"like" is not an operator'],
    ['a name that is too long', one('a'.repeat(257), 'eq', 'x'), 'fieldName must be'],
    ['a value that is too long', one('a', 'eq', 'x'.repeat(257)), 'eq cannot compare'],
    ['six values of in', one('a', 'in', [1, 2, 3, 4, 5, 6]), 'in takes 1 to 5 values'],
    ['six values of notIn', one('a', 'notIn', [1, 2, 3, 4, 5, 6]), 'notIn takes 1 to 5 values'],
    [
      '21 values of containsAny',
      one('a', 'containsAny', Array(21).fill(1)),
      'containsAny takes 1 to 20 values',
    ],
    ['a range of three', one('a', 'between', [1, 2, 3]), 'between takes 2 values'],
    ['a list for eq', one('a', 'eq', [1]), 'eq cannot compare'],
    ['a boolean for gt', one('a', 'gt', true), 'gt cannot compare'],
    [
      '11 conditions in a group',
      {
        filterGroup: [
          { filters: Array.from({ length: 11 }, () => ({ fieldName: 'a', operator: 'eq', value: 1 })) },
        ],
      },
      'at most 10 filters',
    ],
    [
      '6 fields',
      {
        filterGroup: ['a', 'b', 'c', 'd', 'e', 'f'].map((fieldName) => ({
          filters: [{ fieldName, operator: 'eq', value: 1 }],
        })),
      },
      'at most 5 fields',
    ],
    [
      '11 groups after expanding in',
      {
        filterGroup: [
          {
            filters: [
              { fieldName: 'a', operator: 'in', value: [1, 2, 3, 4] },
              { fieldName: 'b', operator: 'in', value: [1, 2, 3] },
            ],
          },
        ],
      },
      'at most 10 groups',
    ],
  ])('with %s is refused', (_what, filter, why) => {
    expect(() => parseFilter(filter)).toThrow(why);
  });
});

/** The same object; whoever looks at one of its properties is counted. */
function counting<T extends object>(target: T, work: { looks: number }): T {
  const look = () => void (work.looks += 1);
  return new Proxy(target, {
    get: (object, name) => (look(), Reflect.get(object, name)),
    getOwnPropertyDescriptor: (object, name) => (look(), Reflect.getOwnPropertyDescriptor(object, name)),
    ownKeys: (object) => (look(), Reflect.ownKeys(object)),
  });
}

describe('finding subscribers', () => {
  test('looks as often at events and filters among many as among few', () => {
    const looksAmong = (members: number): number => {
      const work = { looks: 0 };
      const audience = createAudience<number>();
      for (let member = 0; member < members; member += 1) {
        audience.add({ by: 'arguments', values: { orderId: `order-${member}` }, json: [] }, member);
        const filter = parseFilter(one('orderId', 'eq', `order-${member}`));
        audience.add({ by: 'filter', filter: counting(filter, work) }, member);
      }
      work.looks = 0;

      expect([...audience.of(counting({ orderId: 'order-7' }, work))]).toEqual([7, 7]);

      return work.looks;
    };

    const looks = [10, 1_000, 10_000].map(looksAmong);

    expect(new Set(looks).size).toBe(1);
    expect(looks[0]).toBeGreaterThan(0);
  });

  test('forgets who leaves', () => {
    const index = filterIndex<string>();
    const filters = [one('a', 'eq', 1), one('a', 'in', [1, 2]), one('a', 'gt', 0)].map(parseFilter);
    for (const filter of filters) index.add(filter, filter.key);

    const before = [...index.of({ a: 1 })].length;
    for (const filter of filters) index.remove(filter, filter.key);

    expect([before, [...index.of({ a: 1 })].length]).toEqual([3, 0]);
  });
});

const code = (body: string) => `import { extensions, util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: ctx.args } }
export function response(ctx) { ${body} }`;
const closing = (fieldAndPayload: string) =>
  resolver('Mutation.closeRooms', code(`${fieldAndPayload}; return { id: 1 }`));

describe('a subscription resolver', () => {
  const filtering = resolver(
    'Subscription.onFiltered',
    code(`extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'size', operator: 'ge', value: 5 }] }] });
      extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [{ fieldName: 'name', operator: 'eq', value: ctx.args.name }] }] });
      return null`),
  );
  const start = (...resolvers: ReturnType<typeof resolver>[]) =>
    startApi({ resolvers: [filtering, resolver('Mutation.publishRoom'), ...resolvers] });
  const FILTERED = 'subscription { onFiltered(name: "mine") { id } }';

  test('sets a filter that stands instead of the arguments', async () => {
    const api = await start();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, FILTERED, { id: 'a' });

    await call(
      api,
      'mutation { a: publishRoom(input: {id: 1, size: 4, name: "mine"}) { id size name } b: publishRoom(input: {id: 2, size: 5}) { id size } }',
    );

    expect((await socket.next())['payload']).toEqual({ data: { onFiltered: { id: '2' } } });
  });

  test('lets a mutation end the subscriptions whose filter matches, and their connections', async () => {
    const api = await start(
      closing(
        `extensions.invalidateSubscriptions({ subscriptionField: 'onFiltered', payload: { name: ctx.args.names[0] } })`,
      ),
    );
    const [mine, other] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
    await subscribe(mine, FILTERED, { id: 'a' });
    await subscribe(other, 'subscription { onFiltered(name: "other") { id } }', { id: 'b' });

    await call(api, 'mutation { closeRooms(names: ["mine"]) { id } }');

    expect(await mine.next()).toEqual({
      id: 'a',
      type: 'complete',
      payload: { message: 'Subscription complete.' },
    });
    expect(await mine.closed).toBe(1000);
    await call(api, 'mutation { publishRoom(input: {id: 1, size: 9}) { id size } }');
    expect(await other.next()).toMatchObject({ id: 'b', type: 'data' });
  });

  test.each([
    ['six names', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['one name six times', ['a', 'a', 'a', 'a', 'a', 'a']],
  ])('may be invalidated five times in a request and not for %s', async (_what, letters) => {
    const each = (letter: string) =>
      `extensions.invalidateSubscriptions({ subscriptionField: 'onFiltered', payload: { name: ctx.args.names[0] + '${letter}' } })`;
    const api = await start(closing(letters.map(each).join(';')));

    const { body } = await call(api, 'mutation { closeRooms(names: ["x"]) { id } }');

    expect(body.errors).toMatchObject([
      { path: ['closeRooms'], message: expect.stringContaining('at most 5') },
    ]);
  });

  test('with a filter that AppSync refuses ends the start with an error', async () => {
    const bad = resolver(
      'Subscription.onGuarded',
      code(
        `extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'like', value: 1 }] }] }); return null`,
      ),
    );
    const api = await start(bad);
    const socket = await openSocket(api.realtimeUrl);

    const answer = await subscribe(socket, 'subscription { onGuarded { id } }');

    expect(answer).toMatchObject({ type: 'error', payload: { errors: [{ errorType: 'InvalidFilter' }] } });
  });
});
