import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { ResolverDefinition } from '../../../services/appsync/appsync.ts';
import { API_KEY, FUNCTION_ARN, resolver } from './support/apiDefinition.ts';
import { call, sign } from './support/callApi.ts';
import { startApi, type RunningApi } from './support/startApi.ts';

const code = (request: string, response: string) =>
  `import { util, runtime } from '@aws-appsync/utils';\nexport function request(ctx) { ${request} }\nexport function response(ctx) { ${response} }\n`;
/** Answers with what the handlers see of `ctx`, as text. */
const SEEN = code('return { payload: ctx };', 'return JSON.stringify([ctx.result, ctx]);');

/** Posts with headers of which some come several times. */
async function post({ port }: RunningApi, body: object, headers: Record<string, string | string[]>) {
  return new Promise<string>((resolve, reject) => {
    const options = { port, path: '/graphql', method: 'POST', headers: { 'x-api-key': API_KEY, ...headers } };
    const sent = httpRequest(options, (response) => resolve(text(response)));
    sent.on('error', reject).end(JSON.stringify(body));
  });
}

describe('ctx.request', () => {
  test('has the headers in lower case, those that came several times as a list, and no cookie', async () => {
    const show = code('return { payload: JSON.stringify(ctx.request) };', 'return ctx.result;');
    const api = await startApi({ resolvers: [resolver('Query.worker', show)] });

    const answer = await post(
      api,
      { query: '{ worker }' },
      { Custom: ['bailey', 'nadia, and more'], Single: 'one', Cookie: ['a=1', 'b=2'] },
    );

    const { headers, domainName } = JSON.parse(JSON.parse(answer).data.worker);
    expect(headers).toMatchObject({
      custom: ['bailey', 'nadia, and more'],
      single: 'one',
      'x-api-key': API_KEY,
    });
    expect(headers).not.toHaveProperty('cookie');
    expect(domainName).toBeNull();
  });
});

describe('ctx.identity', () => {
  test('is null for an API key, and tells for IAM who signed and from where', async () => {
    const show = code('return { payload: JSON.stringify(ctx.identity) };', 'return ctx.result;');
    const api = await startApi({
      resolvers: [resolver('Query.worker', show), resolver('Query.signed', show)],
    });
    const body = JSON.stringify({ query: '{ signed }' });

    const byKey = await call(api, '{ worker }');
    const signed = await fetch(api.graphqlUrl, {
      method: 'POST',
      body,
      headers: {
        ...(await sign({ url: api.graphqlUrl, body })),
        'x-forwarded-for': '203.0.113.7, 198.51.100.2',
      },
    });

    expect(byKey.body).toEqual({ data: { worker: 'null' } });
    expect(JSON.parse((await signed.json()).data.signed)).toEqual({
      accountId: '111111111111',
      cognitoIdentityAuthProvider: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      sourceIp: ['203.0.113.7', '198.51.100.2', '127.0.0.1'],
      userArn: 'arn:aws:iam::111111111111:user/AKIAEXAMPLEEXAMPLE00',
      username: 'AKIAEXAMPLEEXAMPLE00',
    });
  });
});

describe('ctx.info', () => {
  const SCHEMA = `
    interface Node { id: ID }
    type Post implements Node { id: ID title: String author: Person next: Node }
    type Blog implements Node { id: ID title: String }
    type Person { name: String }
    union Any = Post | Blog
    type Query { post(id: ID): Post node: Node any: Any }
  `;
  const show = code(
    'util.error("seen", "Seen", null, { list: ctx.info.selectionSetList, text: ctx.info.selectionSetGraphQL, info: ctx.info });',
    'return null;',
  );
  const seen = async (query: string, variables: object = {}) => {
    const resolvers = ['post', 'node', 'any'].map((field) => resolver(`Query.${field}`, show));
    const api = await startApi({ schema: SCHEMA, resolvers });
    return (await call(api, query, variables)).body.errors[0].errorInfo;
  };

  test('lists what is selected, by alias and with a slash below, fragments in their place', async () => {
    const query = `query Q($id: ID) { post(id: $id) { id heading: title author { name }
      ... on Post { inFragment: title } ...more __typename } }
      fragment more on Post { next { id } }`;

    const { list, info } = await seen(query, { id: '1', other: 2 });

    expect(list).toEqual([
      'id',
      'heading',
      'author',
      'author/name',
      'inFragment',
      'next',
      'next/id',
      '__typename',
    ]);
    expect(info).toEqual({ fieldName: 'post', parentTypeName: 'Query', variables: { id: '1', other: 2 } });
  });

  test('gives the selection as GraphQL, with its fragments as they are', async () => {
    const { text: graphql } = await seen(
      '{ post { id again: title ... on Post { author { name } } ...more } } fragment more on Post { title }',
    );

    expect(graphql).toBe(
      '{\n  id\n  again: title\n  ... on Post {\n    author {\n      name\n    }\n  }\n  ...more\n}',
    );
  });

  test('lists of an interface or a union only what is its own', async () => {
    const onNode = await seen(
      '{ node { id ... on Node { own: id } ... on Post { title } ... on Blog { title } } }',
    );
    const onAny = await seen('{ any { __typename ... on Post { title } ... on Blog { id } } }');
    const below = await seen('{ post { next { id ... on Post { title } } } }');

    expect([onNode.list, onAny.list, below.list]).toEqual([
      ['id', 'own'],
      ['__typename'],
      ['next', 'next/id'],
    ]);
  });
});

describe('a run', () => {
  const step = (id: string, text: string, dataSource = 'none') => ({
    id,
    name: id,
    dataSource,
    code: { text, file: id },
    maxBatchSize: 0,
  });
  const pipeline = (text: string, ...functions: readonly string[]): ResolverDefinition => ({
    ...resolver('Query.worker', text),
    kind: 'PIPELINE',
    dataSource: null,
    functions,
  });
  const mark = (name: string) =>
    `ctx.stash.seen = [...(ctx.stash.seen ?? []), ['${name}', ctx.prev.result, ctx.result]];`;

  test('of a pipeline hands result, prev and stash from handler to handler', async () => {
    const api = await startApi({
      functions: ['one', 'two'].map((name) =>
        step(
          name,
          code(
            `${mark(`${name}.request`)} return { payload: '${name} asked' };`,
            `${mark(`${name}.response`)} return '${name} done';`,
          ),
        ),
      ),
      resolvers: [
        pipeline(
          code(
            `${mark('before')} return 'begun';`,
            `${mark('after')} return JSON.stringify(ctx.stash.seen);`,
          ),
          'one',
          'two',
        ),
      ],
    });

    const { body } = await call(api, '{ worker }');

    expect(JSON.parse(body.data.worker)).toEqual([
      ['before', null, null],
      ['one.request', 'begun', null],
      ['one.response', 'begun', 'one asked'],
      ['two.request', 'one done', null],
      ['two.response', 'one done', 'two asked'],
      ['after', 'two done', 'two done'],
    ]);
  });

  test('begins with an empty stash, which another field of the same request does not share', async () => {
    const count = code(
      'ctx.stash.count = (ctx.stash.count ?? 0) + 1; return { payload: null };',
      'ctx.stash.count += 1; return String(ctx.stash.count);',
    );
    const api = await startApi({ resolvers: [resolver('Query.worker', count)] });

    expect((await call(api, '{ a: worker b: worker }')).body).toEqual({ data: { a: '2', b: '2' } });
  });

  test('may delete and nest in its stash, and keeps what JSON keeps', async () => {
    const text = code(
      'ctx.stash.a = 1; ctx.stash.b = { c: [1] }; ctx.stash.f = () => 1; ctx.stash.n = NaN; delete ctx.stash.a; Object.assign(ctx.stash, { d: 2 }); return {};',
      'ctx.stash.b.c.push(2); return JSON.stringify(ctx.stash);',
    );
    const api = await startApi({ resolvers: [resolver('Query.worker', text)] });

    const { body } = await call(api, '{ worker }');

    expect(JSON.parse(body.data.worker)).toEqual({ b: { c: [1, 2] }, n: null, d: 2 });
  });

  test('has what the data source says in ctx.result or ctx.error, never both', async () => {
    const show = code(
      `return { operation: 'Invoke', payload: ctx.args };`,
      'return JSON.stringify([ctx.result, ctx.error]);',
    );
    const api = await startApi({
      dataSources: [{ name: 'worker', type: 'AWS_LAMBDA', functionArn: FUNCTION_ARN }],
      resolvers: [{ ...resolver('Query.worker', show), dataSource: 'worker' }],
    });
    api.lambda.answer = (event) => {
      const { text: word } = event as { text: string };
      if (word === 'fail') throw new RangeError('too far');
      return { said: word };
    };

    const answers = await call(api, '{ good: worker(text: "hi") bad: worker(text: "fail") }');

    expect(answers.body.data).toEqual({
      good: '[{"said":"hi"},null]',
      bad: '[null,{"message":"too far","type":"Lambda:Unhandled"}]',
    });
  });

  test('sees its own source below another field, and null at the root', async () => {
    const show = code('return { payload: JSON.stringify(ctx.source) };', 'return ctx.result;');
    const api = await startApi({
      resolvers: [
        resolver('Query.nested', code(`return { payload: { leaf: 'l', extra: 1 } };`, 'return ctx.result;')),
        resolver('Nested.leaf', show),
        resolver('Query.worker', show),
      ],
    });

    const { body } = await call(api, '{ nested { leaf } worker }');

    expect(body.data).toEqual({ nested: { leaf: '{"leaf":"l","extra":1}' }, worker: 'null' });
  });

  test('keeps changes of ctx.args within one handler', async () => {
    const text = code(
      'ctx.args.text = "changed"; return { payload: ctx.args.text };',
      'return `${ctx.result} ${ctx.args.text}`;',
    );
    const api = await startApi({ resolvers: [resolver('Query.worker', text)] });

    expect((await call(api, '{ worker(text: "sent") }')).body.data).toEqual({ worker: 'changed sent' });
  });
});

test('ctx has these members and no others, in every handler', async () => {
  const api = await startApi({ resolvers: [resolver('Query.worker', SEEN)] });

  const { body } = await call(api, '{ worker(text: "a") }');

  const [inRequest, inResponse] = JSON.parse(body.data.worker);
  const members = 'args arguments env error identity info prev request result source stash'.split(' ');
  expect(Object.keys(inRequest).toSorted()).toEqual(members);
  expect(Object.keys(inResponse).toSorted()).toEqual(members);
});
