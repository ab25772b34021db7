import { describe, expect, test } from 'vitest';
import { FUNCTION_ARN, resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { startApi } from './support/startApi.ts';

const SHOWN = `export function request(ctx) { return { payload: JSON.stringify([ctx.args, ctx.info.variables]) } }
export function response(ctx) { return ctx.result }`;

const SCHEMA = `
input In { n: Int = 7 text: String }
type Child { show(a: String): String }
type Query { show(a: String, b: String = "x", in: In, list: [Int]): String child: Child direct(a: String): String }
type Mutation { show(a: String, b: Int = 3): String }`;

const CHILD = `export function request() { return { payload: {} } }
export function response(ctx) { return ctx.result }`;

async function shownBy(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const fields = ['Query.show', 'Mutation.show', 'Child.show'];
  const api = await startApi({
    schema: SCHEMA,
    resolvers: [...fields.map((field) => resolver(field, SHOWN)), resolver('Query.child', CHILD)],
  });
  const { body } = await call(api, query, variables);
  const text = body.data?.show ?? body.data?.child?.show;
  return text === undefined ? body : JSON.parse(text);
}

describe('an argument', () => {
  test.each([
    ['query ($a: String) { show(a: $a) }', {}, { a: null }],
    ['query ($a: String) { show(a: $a) }', { a: null }, { a: null }],
    ['query ($a: String) { show(a: $a) }', { a: 'x' }, { a: 'x' }],
    ['query ($a: String = "d") { show(a: $a) }', {}, { a: 'd' }],
    ['query ($b: String) { show(b: $b) }', {}, { b: null }],
    ['query ($l: [Int]) { show(list: $l) }', {}, { list: null }],
    ['query ($i: In) { show(in: $i) }', {}, { in: null }],
    ['mutation ($a: String, $b: Int) { show(a: $a, b: $b) }', { b: 1 }, { a: null, b: 1 }],
    ['query ($a: String) { child { show(a: $a) } }', {}, { a: null }],
    ['query ($a: String) { ...f } fragment f on Query { show(a: $a) }', {}, { a: null }],
    ['{ show(a: null) }', {}, { a: null }],
    ['{ show }', {}, {}],
  ])('of %s with %j is %j', async (query, variables, args) => {
    expect(await shownBy(query, variables)).toEqual([args, variables]);
  });

  test('within an input object is left out when its variable has no value', async () => {
    expect(await shownBy('query ($t: String) { show(in: { n: 1, text: $t }) }')).toEqual([
      { in: { n: 1 } },
      {},
    ]);
  });

  test('of a direct Lambda resolver is left out when its variable has no value', async () => {
    const direct = { ...resolver('Query.direct'), dataSource: 'worker', code: null };
    const source = { name: 'worker', type: 'AWS_LAMBDA' as const, functionArn: FUNCTION_ARN };
    const api = await startApi({ schema: SCHEMA, dataSources: [source], resolvers: [direct] });

    await call(api, 'query ($a: String) { direct(a: $a) }', {});

    expect(api.lambda.events).toMatchObject([{ arguments: {} }]);
    expect(Object.keys((api.lambda.events[0] as { arguments: object }).arguments)).toEqual([]);
  });

  test.each([
    ['{ show }', {}, {}],
    ['{ show(in: {}) }', {}, { in: {} }],
    ['query ($i: In) { show(in: $i) }', { i: {} }, { in: {} }],
    ['mutation { show }', {}, {}],
  ])('of %s has no default of the schema', async (query, variables, args) => {
    expect((await shownBy(query, variables))[0]).toEqual(args);
  });

  test('has no default in introspection, and the start says that AppSync drops it', async () => {
    const api = await startApi({ schema: SCHEMA, resolvers: [] });

    const { body } = await call(
      api,
      '{ q: __type(name: "Query") { fields { args { defaultValue } } } i: __type(name: "In") { inputFields { defaultValue } } }',
    );

    expect(JSON.stringify(body)).not.toMatch(/"defaultValue":"/);
    expect(api.logs).toEqual([
      expect.stringMatching(/^Rooms \| WARN AppSync drops default values: In\.n /),
      expect.stringMatching(/Query\.show\.b /),
      expect.stringMatching(/Mutation\.show\.b /),
    ]);
  });
});
