import { describe, expect, test } from 'vitest';
import { apiDefinition, resolver } from './support/apiDefinition.ts';
import { startApi } from './support/startApi.ts';

const NO_RESOLVERS = { resolvers: [] };

describe('an API that AppSync would refuse', () => {
  test.each([
    [
      'a schema that does not parse',
      { ...NO_RESOLVERS, schema: 'type Query {\n  a: \n}' },
      'The GraphQL schema is invalid: line 3: ',
    ],
    ['an unknown type', { ...NO_RESOLVERS, schema: 'type Query { a: Nothing }' }, 'Unknown type "Nothing".'],
    [
      'an unknown directive',
      { ...NO_RESOLVERS, schema: 'type Query { a: Int @nothing }' },
      'Unknown directive "@nothing".',
    ],
    [
      'no query type',
      { ...NO_RESOLVERS, schema: 'type Room { a: Int }' },
      'Query root type must be provided.',
    ],
    [
      'a subscription to an unknown mutation',
      {
        ...NO_RESOLVERS,
        schema: 'type Query { a: Int } type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }',
      },
      'Subscription.s names the unknown mutation m.',
    ],
    [
      'a subscription with another type than its mutation',
      {
        ...NO_RESOLVERS,
        schema:
          'type Query { a: Int } type Mutation { m: String } type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }',
      },
      'Subscription.s returns Int, but its mutation m returns String.',
    ],
    [
      'a resolver on an unknown field',
      { resolvers: [resolver('Query.nothing')] },
      'The resolver of Query.nothing names a field that is not in the schema.',
    ],
    [
      'an unknown data source',
      { resolvers: [{ ...resolver('Query.room'), dataSource: 'x' }] },
      'The resolver of Query.room names the unknown data source x.',
    ],
    [
      'an unknown pipeline function',
      {
        resolvers: [
          { ...resolver('Query.room'), kind: 'PIPELINE' as const, dataSource: null, functions: ['f'] },
        ],
      },
      'names the unknown function f.',
    ],
    [
      'a data source for an unknown Lambda',
      {
        dataSources: [
          { name: 'none', type: 'NONE' as const },
          { name: 'x', type: 'AWS_LAMBDA' as const, functionArn: 'arn:gone' },
        ],
      },
      'The data source x names the unknown function arn:gone.',
    ],
    [
      'a resolver without code on NONE',
      { resolvers: [{ ...resolver('Query.room'), code: null }] },
      'The resolver of Query.room has no code.',
    ],
    [
      'an unsupported authentication type',
      { defaultAuth: 'AWS_LAMBDA' as never },
      'The authentication type AWS_LAMBDA is not supported.',
    ],
    [
      'two resolvers of a field',
      { resolvers: [resolver('Query.room'), resolver('Query.room')] },
      'The field Query.room has two resolvers.',
    ],
    [
      'two data sources of a name',
      {
        dataSources: [
          { name: 'none', type: 'NONE' as const },
          { name: 'none', type: 'NONE' as const },
        ],
      },
      'The template has two data sources with the name none.',
    ],
    [
      'a data source with a hyphen in its name',
      { dataSources: [{ name: 'no-one', type: 'NONE' as const }], ...NO_RESOLVERS },
      "The name 'no-one' must hold letters, digits and underscores, and not begin with a digit.",
    ],
    [
      'an authentication type twice',
      { additionalAuth: ['AWS_IAM' as const, 'AWS_IAM' as const] },
      'The authentication type AWS_IAM is given twice.',
    ],
    ['a depth limit of 76', { queryDepthLimit: 76 }, 'QueryDepthLimit must be from 1 to 75, not 76.'],
    [
      'a batch of 2001',
      { resolvers: [{ ...resolver('Query.room'), maxBatchSize: 2001 }] },
      'MaxBatchSize of the resolver of Query.room must be from 0 to 2000, not 2001.',
    ],
  ])('has %s', async (_what, changes, message) => {
    await expect(startApi(changes)).rejects.toThrow(message);
  });

  test('has code with a construct that AppSync does not know, named with file, line and rule', async () => {
    const text = `export function request(ctx) {
  throw new Error('no')
}
export function response(ctx) { return null }`;

    await expect(startApi({ resolvers: [resolver('Query.room', text)] })).rejects.toThrow(
      /^Query\.room\.js:2:3 no-throw: /m,
    );
  });

  test('is a second one', async () => {
    const api = await startApi();

    const second = api.appsync.define(apiDefinition({ id: 'halls', name: 'Halls' }));

    await expect(second).rejects.toThrow(
      'The local cloud runs one AppSync API, but the template has Rooms and Halls.',
    );
  });

  test('may declare AppSync scalars and directives itself', async () => {
    const schema = `scalar AWSDateTime directive @aws_iam on FIELD_DEFINITION | OBJECT
      type Query { a: AWSDateTime @aws_iam }`;

    await expect(startApi({ schema, ...NO_RESOLVERS })).resolves.toBeDefined();
  });
});
