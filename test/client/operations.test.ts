import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLEnumType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { ON_ORDER_STATUS, OPERATIONS } from '../../client/operations.ts';
import { isFinal, type OrderStatus } from '../../client/countersign.ts';

const SCHEMA = buildSchema(
  ['appsync.graphql', 'schema.graphql']
    .map((file) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8'))
    .join('\n'),
);

const DOCUMENTS = [
  ...Object.values(OPERATIONS).map(({ document }) => document),
  ...Object.values(ON_ORDER_STATUS),
];

test.each(DOCUMENTS)('asks as the schema has it: %s', (text) => {
  expect(validate(SCHEMA, parse(text))).toEqual([]);
});

test('knows every final status of the schema', () => {
  const type = SCHEMA.getType('OrderStatus');
  const statuses =
    type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name as OrderStatus) : [];

  expect(statuses.filter(isFinal)).toEqual(['COMPLETED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED']);
});

test('never subscribes with a variable that may have no value: AppSync takes that for null', () => {
  expect(ON_ORDER_STATUS.one).toContain('($orderId:ID!){onOrderStatus(orderId:$orderId)');
  expect(ON_ORDER_STATUS.every).toMatch(/^subscription onOrderStatus\{onOrderStatus\{/);
});
