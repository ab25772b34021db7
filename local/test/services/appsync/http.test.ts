import { describe, expect, test } from 'vitest';
import { API_KEY, resolver } from './support/apiDefinition.ts';
import { postGraphql } from '../../../testing/postGraphql.ts';
import { call } from './support/callApi.ts';
import { startApi } from './support/startApi.ts';

const KEY = { 'x-api-key': API_KEY };
const TYPENAME = JSON.stringify({ query: '{__typename}' });

describe('GraphQL over HTTP', () => {
  test('answers a query with the data alone, a request id and JSON in UTF-8', async () => {
    const api = await startApi();

    const { status, headers, body } = await call(api, '{__typename}');

    expect({ status, body }).toEqual({ status: 200, body: { data: { __typename: 'Query' } } });
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-amzn-errortype')).toBeNull();
  });

  test.each(['application/json', 'application/json; charset=UTF-8', 'application/graphql'])(
    'takes a JSON body as %s, with extra keys and nulls',
    async (type) => {
      const api = await startApi();
      const body = JSON.stringify({
        query: '{__typename}',
        variables: null,
        operationName: null,
        extensions: { clientLibrary: { name: 'apollo' } },
      });

      const answer = await postGraphql(api, body, { ...KEY, 'content-type': type });

      expect(answer.body).toEqual({ data: { __typename: 'Query' } });
    },
  );

  test('serves GET with the query, variables and operation name in the address', async () => {
    const api = await startApi();
    const address = `${api.graphqlUrl}?query=${encodeURIComponent('query A{a:__typename} query B{b:__typename}')}&operationName=B&variables=${encodeURIComponent('{}')}`;

    const response = await fetch(address, { headers: KEY });

    expect(await response.json()).toEqual({ data: { b: 'Query' } });
  });

  test.each([
    ['no credentials', {}, 401, 'UnauthorizedException', 'Missing authorization header'],
    [
      'a wrong key',
      { 'x-api-key': 'da2-wrong' },
      401,
      'UnauthorizedException',
      'You are not authorized to make this call.',
    ],
    [
      'a bearer token',
      { authorization: 'Bearer x' },
      401,
      'UnauthorizedException',
      'Valid authorization header not provided.',
    ],
  ])('refuses %s', async (_what, headers, status, errorType, message) => {
    const api = await startApi();

    const answer = await postGraphql(api, TYPENAME, headers as Record<string, string>);

    expect(answer).toMatchObject({ status, body: { errors: [{ errorType, message }] } });
    expect(answer.headers.get('x-amzn-errortype')).toBe(errorType);
    expect(answer.headers.get('x-amzn-requestid')).not.toBeNull();
  });

  test('refuses a key that has expired', async () => {
    const api = await startApi({ apiKeys: [{ key: API_KEY, expires: Date.now() + 60_000 }] });
    const before = await call(api, '{__typename}');

    api.clock.advance(61_000);

    expect(before.status).toBe(200);
    expect((await call(api, '{__typename}')).status).toBe(401);
  });

  test.each([
    'meow',
    '{}',
    '{}}',
    '[]',
    'null',
    '"text"',
    '{"query":7}',
    '{"query":""}',
    '{"query":"{__typename}","variables":[]}',
    '{"query":"{__typename}","variables":"{}"}',
    '{"query":"{__typename}","operationName":1}',
    '{"query":"{"}',
  ])('cannot parse the body %s', async (body) => {
    const api = await startApi();

    const answer = await postGraphql(api, body, KEY);

    const error = { errorType: 'MalformedHttpRequestException', message: 'Unable to parse GraphQL query.' };
    expect(answer).toMatchObject({ status: 400, body: { errors: [error] } });
    expect(answer.headers.get('x-amzn-errortype')).toBe('MalformedHttpRequestException');
  });

  test('says that an empty body is empty', async () => {
    const api = await startApi();

    const answer = await postGraphql(api, '', KEY);

    expect(answer.body).toEqual({
      errors: [{ errorType: 'MalformedHttpRequestException', message: 'Request body is empty.' }],
    });
  });

  test('answers a validation error with 200, null data and three keys', async () => {
    const api = await startApi();

    const answer = await call(api, '{badfield}');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: null,
      errors: [
        {
          path: null,
          locations: [{ line: 1, column: 2, sourceName: null }],
          message: 'Cannot query field "badfield" on type "Query".',
        },
      ],
    });
  });

  test('answers a missing variable with 200 and null data', async () => {
    const api = await startApi();

    const answer = await call(api, 'query Q($id: ID!) { room(id: $id) { id } }', {});

    expect(answer.status).toBe(200);
    expect(answer.body.data).toBeNull();
    expect(Object.keys(answer.body.errors[0])).toEqual(['path', 'locations', 'message']);
  });

  test.each([
    ['query A{__typename} query B{__typename}', undefined, 'Missing operation name.'],
    ['query A{__typename}', 'C', "Unknown operation named 'C'."],
  ])('refuses %s with the operation name %s', async (query, operationName, message) => {
    const api = await startApi();

    const answer = await postGraphql(api, JSON.stringify({ query, operationName }), KEY);

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ errorType: 'BadRequestException', message }] },
    });
  });

  test('says 502 for an API without a schema', async () => {
    const api = await startApi({ schema: '', resolvers: [] });

    const answer = await call(api, '{__typename}');

    expect(answer).toMatchObject({
      status: 502,
      body: { errors: [{ errorType: 'GraphQLSchemaException', message: 'No schema definition exists.' }] },
    });
  });

  test('does not execute a subscription', async () => {
    const api = await startApi();

    const answer = await call(api, 'subscription { onRoom { id } }');

    expect(answer.body).toMatchObject({ data: null, errors: [{ errorType: 'OperationNotSupported' }] });
  });

  test('refuses a body above one mebibyte and methods other than GET and POST', async () => {
    const api = await startApi();

    const large = await postGraphql(api, `{"query":"{__typename}${' '.repeat(1_048_576)}"}`, KEY);
    const put = await fetch(api.graphqlUrl, { method: 'PUT', headers: KEY, body: TYPENAME });

    expect([large.status, put.status]).toEqual([413, 405]);
  });

  test('answers the right key however many wrong ones came before it', async () => {
    const api = await startApi();
    const statuses = [];

    for (let count = 0; count < 100; count += 1)
      statuses.push((await postGraphql(api, TYPENAME, { 'x-api-key': 'da2-wrong' })).status);
    const right = await postGraphql(api, TYPENAME, KEY);

    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(right.status).toBe(200);
  });

  test('gives no introspection when the API has it off, but __typename', async () => {
    const api = await startApi({ introspection: false });

    expect((await call(api, '{__schema{types{name}}}')).body.data).toBeNull();
    expect((await call(api, '{__typename}')).body.data).toEqual({ __typename: 'Query' });
  });

  test('answers an error for each field below the depth limit, and lets introspection be deeper', async () => {
    const nested = `export function request() { return { payload: { leaf: 'a', nested: { leaf: 'b' } } } }
export function response(ctx) { return ctx.result }`;
    const api = await startApi({ queryDepthLimit: 2, resolvers: [resolver('Query.nested', nested)] });

    const deep = await call(api, '{nested{...N}} fragment N on Nested{leaf nested{leaf}}');
    const introspection = await call(api, '{__schema{types{fields{type{name}}}}}');

    expect(deep.body.data).toEqual({ nested: { leaf: 'a', nested: { leaf: null } } });
    expect(deep.body.errors).toMatchObject([
      {
        path: ['nested', 'nested', 'leaf'],
        errorType: 'QueryDepthLimitReached',
        data: null,
        errorInfo: null,
      },
    ]);
    expect(introspection.body.errors).toBeUndefined();
  });

  test('says where a literal stands that its type does not take', async () => {
    const api = await startApi();

    const { body } = await call(api, 'mutation {\n  publishRoom(input: {id: 1, json: "{"}) { id }\n}');

    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining('Unable to parse `{` as valid JSON.'),
        locations: [{ line: 2, column: 36, sourceName: null }],
      },
    ]);
  });

  test.each([
    ['more tokens than 15,000', `{${'a '.repeat(15_001)}}`],
    ['nesting that exhausts the stack', `{a(x:${'['.repeat(14_000)}`],
    ['a field named 600 times', `{${'__typename '.repeat(600)}}`],
  ])('refuses %s, and stays up', async (_what, query) => {
    const api = await startApi();

    const answer = await call(api, query);

    expect(answer.status).toBeLessThan(500);
    expect(answer.body.data ?? null).toBeNull();
    expect((await call(api, '{__typename}')).status).toBe(200);
  });
});
