import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { openSocket, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

/** The examples of AWS's page on `util.transform`, written down as they stand there. */
const BOOK = {
  percentageUp: { lte: 50, gte: 20 },
  and: [{ title: { ne: 'Book1' } }, { downvotes: { gt: 2000 } }],
  or: [{ author: { eq: 'Admin' } }, { isPublished: { eq: false } }],
};
const RULES = { upvotes: { gte: 250 }, author: { eq: 'Person1' } };

const condition = (fieldName: string, operator: string, value: unknown) => ({ fieldName, operator, value });
const AT_MOST_50 = condition('percentageUp', 'lte', 50);
const AT_LEAST_20 = condition('percentageUp', 'gte', 20);
const TITLE = condition('title', 'ne', 'Book1');
const DOWNVOTES = condition('downvotes', 'gt', 2000);
const ADMIN = condition('author', 'eq', 'Admin');
const UNPUBLISHED = condition('isPublished', 'eq', false);

async function transformed(...given: readonly unknown[]): Promise<unknown> {
  const code = `import { util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: JSON.parse(ctx.args.text) } }
export function response(ctx) {
  return JSON.stringify(util.transform.toSubscriptionFilter(ctx.result[0], ctx.result[1], ctx.result[2]));
}`;
  const api = await startApi({ resolvers: [resolver('Query.worker', code)] });
  const { body } = await call(api, 'query ($text: String) { worker(text: $text) }', {
    text: JSON.stringify(given),
  });
  return JSON.parse(body.data.worker);
}

describe('util.transform.toSubscriptionFilter', () => {
  test('takes operators of one field as alternatives, and crosses them with or', async () => {
    expect(await transformed(BOOK)).toEqual({
      filterGroup: [
        { filters: [AT_MOST_50, TITLE, DOWNVOTES, ADMIN] },
        { filters: [AT_MOST_50, TITLE, DOWNVOTES, UNPUBLISHED] },
        { filters: [AT_LEAST_20, TITLE, DOWNVOTES, ADMIN] },
        { filters: [AT_LEAST_20, TITLE, DOWNVOTES, UNPUBLISHED] },
      ],
    });
  });

  test('drops ignored fields, also from the alternatives of or', async () => {
    expect(await transformed(BOOK, ['percentageUp', 'author'])).toEqual({
      filterGroup: [{ filters: [TITLE, DOWNVOTES, UNPUBLISHED] }],
    });
  });

  test('adds each strict rule to each group, so that one of them must hold', async () => {
    expect(await transformed(BOOK, ['percentageUp', 'author'], RULES)).toEqual({
      filterGroup: [
        { filters: [TITLE, DOWNVOTES, UNPUBLISHED, condition('upvotes', 'gte', 250)] },
        { filters: [TITLE, DOWNVOTES, UNPUBLISHED, condition('author', 'eq', 'Person1')] },
      ],
    });
  });

  test('nests and within or', async () => {
    const nested = {
      or: [{ and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] }, { d: { eq: 4 } }],
    };

    expect(await transformed(nested)).toEqual({
      filterGroup: [
        { filters: [condition('a', 'eq', 1), condition('b', 'eq', 2)] },
        { filters: [condition('a', 'eq', 1), condition('c', 'eq', 3)] },
        { filters: [condition('d', 'eq', 4)] },
      ],
    });
  });

  test('makes filters that a subscription takes, with lte and gte as le and ge', async () => {
    const code = `import { extensions, util } from '@aws-appsync/utils';
export function request() { return { payload: null } }
export function response() {
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ size: { gte: 5 }, name: { lte: 'b' } }));
  return null;
}`;
    const api = await startApi({
      resolvers: [resolver('Mutation.publishRoom'), resolver('Subscription.onFiltered', code)],
    });
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onFiltered { id } }');

    await call(
      api,
      'mutation { a: publishRoom(input: {id: 1, size: 4, name: "a"}) { id size name } b: publishRoom(input: {id: 2, size: 5, name: "c"}) { id size name } c: publishRoom(input: {id: 3, size: 5, name: "b"}) { id size name } }',
    );

    expect((await socket.next())['payload']).toEqual({ data: { onFiltered: { id: '3' } } });
  });
});
