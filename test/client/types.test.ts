import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLEnumType, parse, validate } from 'graphql';
import { expect, expectTypeOf, it } from 'vitest';
import { ON_ORDER_STATUS, OPERATIONS } from '../../client/operations.ts';
import { isFinal, type OrderStatus } from '../../client/countersign.ts';
import type * as client from '../../client/countersign.ts';
import type * as schema from '../../schema.generated.ts';

const APPSYNC = `scalar AWSDateTime
directive @aws_api_key on OBJECT | FIELD_DEFINITION
directive @aws_iam on OBJECT | FIELD_DEFINITION
directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;
const SCHEMA = buildSchema(APPSYNC + readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'));

it('has the types of the schema', () => {
  expectTypeOf<client.Order>().branded.toEqualTypeOf<schema.Order>();
  expectTypeOf<client.OrderPage>().branded.toEqualTypeOf<schema.OrderPage>();
  expectTypeOf<client.OrderStatusEvent>().branded.toEqualTypeOf<schema.OrderStatusEvent>();
  expectTypeOf<client.Decision>().branded.toEqualTypeOf<schema.Decision>();
  expectTypeOf<client.OrderStatus>().toEqualTypeOf<schema.OrderStatus>();
  expectTypeOf<client.ProcessOrderInput>().toExtend<schema.ProcessOrderInput>();
  expectTypeOf<client.ConfirmOrderInput>().toExtend<schema.ConfirmOrderInput>();
  expectTypeOf<client.CancelOrderInput>().toExtend<schema.CancelOrderInput>();
  expectTypeOf<client.PendingOrdersInput>().toExtend<schema.QueryPendingOrdersArgs>();
});

it.each(Object.entries({ ...OPERATIONS, ...ON_ORDER_STATUS }))(
  'asks %s as the schema has it',
  (_name, text) => {
    expect(validate(SCHEMA, parse(text))).toEqual([]);
  },
);

it('knows every final status of the schema', () => {
  const type = SCHEMA.getType('OrderStatus');
  const statuses =
    type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name as OrderStatus) : [];

  expect(statuses.filter(isFinal)).toEqual(['COMPLETED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED']);
});
