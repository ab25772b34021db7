import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType, isInputObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import * as limits from '../functions/order/limits.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const schema: GraphQLSchema = buildSchema(`${read('appsync.graphql')}\n${read('schema.graphql')}`);

function descriptionOf(path: string): string {
  const [typeName = '', fieldName = '', argumentName] = path.split('.');
  const type = schema.getType(typeName);
  if (isInputObjectType(type)) return type.getFields()[fieldName]?.description ?? '';
  if (!isObjectType(type)) return '';
  const field = type.getFields()[fieldName];
  return field?.args.find(({ name }) => name === argumentName)?.description ?? '';
}

test('the limits are these', () => {
  expect(limits).toMatchObject({
    MAX_ORDER_ID_CHARACTERS: 64,
    ORDER_ID_PATTERN: '^[A-Za-z0-9_-]{1,64}$',
    MAX_ORDER_DETAILS_BYTES: 16_384,
    MAX_CLAIM_CHARACTERS: 256,
    MAX_PAGE_ORDERS: 100,
    DEFAULT_PAGE_ORDERS: 20,
  });
});

describe('a limit has one home', () => {
  const files = globSync(['resolvers/**/*.ts', 'functions/{api,order}/*.ts', 'web/page/**/*.{ts,tsx}'], {
    cwd: ROOT,
  });
  const others = files.filter((file) => file !== 'functions/order/limits.ts');

  test.each([
    ['the length of an order id', /\{1,64\}|\b64 (letters|characters)/],
    ['the size of the details', /\b16_?384\b|\b16 KiB/],
    ['the length of a claim', /\b256\b/],
    ['the size of a page', /\b(MAX|DEFAULT)\w* = (100|20)\b/],
  ])('%s is written in functions/order/limits.ts alone', (_what, pattern) => {
    expect(others.length).toBeGreaterThan(40);
    expect(others.filter((file) => pattern.test(read(file)))).toEqual([]);
  });
});

test.each([
  ['ProcessOrderInput.orderId', '64 '],
  ['ProcessOrderInput.orderDetails', '16 KiB'],
  ['ConfirmOrderInput.decidedBy', '256 '],
  ['ConfirmOrderInput.reason', '256 '],
  ['CancelOrderInput.decidedBy', '256 '],
  ['CancelOrderInput.reason', '256 '],
  ['ProcessOrderInput.requestedBy', '256 '],
  ['Query.pendingOrders.limit', 'from 1 to 100. 20 if left out.'],
  ['Query.endedOrders.limit', 'from 1 to 100. 20 if left out.'],
])('the schema describes %s with its limit, %s', (path, limit) => {
  expect(descriptionOf(path)).toContain(limit);
});
