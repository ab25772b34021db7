import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { startApi } from './support/startApi.ts';

const code = (request: string, response: string) =>
  `import { util, runtime } from '@aws-appsync/utils';
export function request(ctx) { ${request} }
export function response(ctx) { ${response} }`;

describe('a resolver', () => {
  test('answers errors with the six keys of AppSync, and filters data but not errorInfo', async () => {
    const failing = code(
      `util.error('No room', 'RoomGone', { id: '1', name: 'x', size: 2 }, { retryable: false })`,
      'return null',
    );
    const api = await startApi({ resolvers: [resolver('Query.room', failing)] });

    const { status, body } = await call(api, '{\n  room(id: "1") { id label: name }\n}');

    expect(status).toBe(200);
    expect(body).toEqual({
      data: { room: null },
      errors: [
        {
          path: ['room'],
          data: { id: '1', label: 'x' },
          errorType: 'RoomGone',
          errorInfo: { retryable: false },
          locations: [{ line: 2, column: 3, sourceName: null }],
          message: 'No room',
        },
      ],
    });
  });

  test('adds an appended error and keeps the data', async () => {
    const text = code(
      'return { payload: { id: "1" } }',
      `util.appendError('Old', 'Stale'); return ctx.result`,
    );
    const api = await startApi({ resolvers: [resolver('Query.room', text)] });

    const { body } = await call(api, '{ room(id: "1") { id } }');

    expect(body.data).toEqual({ room: { id: '1' } });
    expect(body.errors).toEqual([
      {
        path: ['room'],
        data: null,
        errorType: 'Stale',
        errorInfo: null,
        locations: [{ line: 1, column: 3, sourceName: null }],
        message: 'Old',
      },
    ]);
  });

  test.each([
    [
      '{ strict { id created } }',
      { id: 'a' },
      'strict',
      ['strict', 'created'],
      "'AWSDateTime' within parent 'Strict' (/strict/created)",
    ],
    ['{ strictRooms { id } }', null, null, ['strictRooms'], "'null' within parent 'Query' (/strictRooms)"],
    [
      '{ strictRooms { id } }',
      [{ id: 'a' }, null],
      null,
      ['strictRooms', 1],
      "'Room' within parent 'Query' (/strictRooms[1])",
    ],
    [
      '{ strictRooms { id } }',
      [{ id: 'a' }, {}],
      null,
      ['strictRooms', 1, 'id'],
      "'ID' within parent 'Room' (/strictRooms[1]/id)",
    ],
  ])('says in AppSync words that %s of %j has a null', async (query, payload, nullField, path, words) => {
    const text = code(`return { payload: ${JSON.stringify(payload)} }`, 'return ctx.result');
    const api = await startApi({
      resolvers: [resolver('Query.strict', text), resolver('Query.strictRooms', text)],
    });

    const { body } = await call(api, query);

    expect(body.data).toEqual(nullField === null ? null : { [nullField]: null });
    expect(body.errors).toEqual([
      { message: `Cannot return null for non-nullable type: ${words}`, path, locations: null },
    ]);
  });

  test('never reads what an object inherits', async () => {
    const api = await startApi({
      schema: 'type Query { room: Room } type Room { constructor: String toString: String }',
      resolvers: [resolver('Query.room', code('return { payload: {} }', 'return ctx.result'))],
    });

    const { body } = await call(api, '{ room { constructor toString } }');

    expect(body).toEqual({ data: { room: { constructor: null, toString: null } } });
  });

  test('sees arguments, identity, headers, info and environment, but no cookie', async () => {
    const show = code('return { payload: JSON.stringify(ctx) }', 'return ctx.result');
    const api = await startApi({ resolvers: [resolver('Query.worker', show)] });

    const { body } = await call(api, 'query Q($t: String) { alias: worker(text: $t) }', { t: 'hi' });

    const context = JSON.parse(body.data.alias);
    expect(context).toMatchObject({
      arguments: { text: 'hi' },
      args: { text: 'hi' },
      identity: null,
      stash: {},
      prev: { result: null },
      env: { STAGE: 'test' },
      info: { fieldName: 'worker', parentTypeName: 'Query', variables: { t: 'hi' } },
      request: { domainName: null },
    });
    expect(context.request.headers).not.toHaveProperty('cookie');
  });

  test('runs a pipeline in order, with stash and prev, and leaves it early', async () => {
    const step = (id: string, text: string) => ({
      id,
      name: id,
      dataSource: 'none',
      code: { text, file: id },
      maxBatchSize: 0,
    });
    const add = (letter: string) =>
      code(
        `return { payload: ctx.prev.result + '${letter}' }`,
        'ctx.stash.seen = (ctx.stash.seen ?? 0) + 1; return ctx.result',
      );
    const leave = code(`runtime.earlyReturn(ctx.prev.result + '!', { skipTo: 'END' })`, 'return "never"');
    const api = await startApi({
      functions: [step('a', add('a')), step('b', add('b')), step('leave', leave)],
      resolvers: [
        {
          ...resolver('Query.worker', code(`return '>'`, 'return ctx.prev.result + ctx.stash.seen')),
          kind: 'PIPELINE',
          dataSource: null,
          functions: ['a', 'leave', 'b'],
        },
      ],
    });

    const { body } = await call(api, '{ worker }');

    expect(body).toEqual({ data: { worker: '>a!1' } });
  });

  test('is refused beyond the limit of the API', async () => {
    const api = await startApi({
      resolverCountLimit: 2,
      resolvers: [resolver('Query.room', code('return { payload: { id: 1 } }', 'return ctx.result'))],
    });

    const { body } = await call(api, '{ a: room(id:1){id} b: room(id:1){id} c: room(id:1){id} }');

    expect(body.data).toEqual({ a: { id: '1' }, b: { id: '1' }, c: null });
    expect(body.errors).toMatchObject([{ path: ['c'], errorType: 'ResolverExecutionLimitReached' }]);
  });
});

describe('a field', () => {
  test('marked for IAM is not for API keys', async () => {
    const api = await startApi();

    const { status, headers, body } = await call(api, 'mutation { publishSigned(input: {id: 1}) { id } }');

    expect(status).toBe(200);
    expect(headers.get('x-amzn-errortype')).toBeNull();
    expect(body).toEqual({
      data: { publishSigned: null },
      errors: [
        {
          path: ['publishSigned'],
          data: null,
          errorType: 'Unauthorized',
          errorInfo: null,
          locations: [{ line: 1, column: 12, sourceName: null }],
          message: 'Not Authorized to access publishSigned on type Mutation',
        },
      ],
    });
  });

  test('says which value it cannot show', async () => {
    const api = await startApi({
      resolvers: [resolver('Query.moment', code('return { payload: "soon" }', 'return ctx.result'))],
    });

    const { body } = await call(api, '{ moment }');

    expect(body.data).toEqual({ moment: null });
    expect(body.errors).toEqual([
      {
        message: "Can't serialize value (/moment) : Unable to serialize `soon` as a valid DateTime Object.",
        path: ['moment'],
        locations: null,
      },
    ]);
  });
});
