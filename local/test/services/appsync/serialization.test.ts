import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { startApi } from './support/startApi.ts';

const SCHEMA = `
enum Color { RED GREEN }
interface Thing { id: ID }
type Shop implements Thing { id: ID name: String length: Int }
type Ship { id: ID }
union Any = Shop | Ship
type Query {
  int: Int float: Float string: String boolean: Boolean id: ID color: Color
  ints: [Int] strings: [String!] rows: [[Boolean]] colors: [Color]
  shop: Shop thing: Thing any: Any things: [Thing]
}`;

type Answer = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { message: string; path: unknown; errorType?: string }[];
};

/** What a client gets of a field whose resolver returns a value. */
async function answerOf(field: string, value: unknown, selection = ''): Promise<Answer> {
  const code = `export function request() { return { payload: ${JSON.stringify(value)} } }
    export function response(ctx) { return ctx.result }`;
  const api = await startApi({ schema: SCHEMA, resolvers: [resolver(`Query.${field}`, code)] });
  return (await call(api, `{ ${field} ${selection} }`)).body;
}

describe("a result is written as AppSync's graphql-java writes it", () => {
  test.each([
    ['int', '1', 1],
    ['int', '1.0', 1],
    ['int', 2.0, 2],
    ['int', '-7', -7],
    ['int', '+7', 7],
    ['int', '1e3', 1000],
    ['int', '2147483647', 2_147_483_647],
    ['int', -2_147_483_648, -2_147_483_648],
    ['float', '1.5', 1.5],
    ['float', '1e-2', 0.01],
    ['float', '.5', 0.5],
    ['float', 3, 3],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['boolean', 'TRUE', true],
    ['boolean', 'False', false],
    ['boolean', 1, true],
    ['boolean', 0, false],
    ['boolean', -0.5, true],
    ['string', true, 'true'],
    ['string', 1, '1'],
    ['string', 1.5, '1.5'],
    ['string', 12_345_678.5, '1.23456785E7'],
    ['string', 0.0001, '1.0E-4'],
    ['string', 1e21, '1.0E21'],
    ['string', { a: 1, b: [true, null, 'x'], c: { d: 1.5 } }, '{a=1, b=[true, null, x], c={d=1.5}}'],
    ['string', [], '[]'],
    ['string', {}, '{}'],
    ['id', 7, '7'],
    ['id', 1.5, '1.5'],
    ['id', true, 'true'],
    ['id', { a: 1 }, '{a=1}'],
    ['color', 'RED', 'RED'],
    ['ints', ['1', 2, null], [1, 2, null]],
    ['strings', [1, true, { a: 'b' }], ['1', 'true', '{a=b}']],
    ['rows', [['true', 0], null, []], [[true, false], null, []]],
  ])('%s of %j', async (field, value, expected) => {
    expect(await answerOf(field, value)).toEqual({ data: { [field]: expected } });
  });

  test.each([
    ['int', '1.5', "Expected a value that can be converted to type 'Int' but it was a 'String'"],
    ['int', 1.5, "Expected a value that can be converted to type 'Int' but it was a 'Double'"],
    ['int', 2_147_483_648, "Expected a value that can be converted to type 'Int' but it was a 'Long'"],
    ['int', true, "Expected a value that can be converted to type 'Int' but it was a 'Boolean'"],
    ['int', '', "Expected a value that can be converted to type 'Int' but it was a 'String'"],
    ['int', ' 1', "Expected a value that can be converted to type 'Int' but it was a 'String'"],
    ['int', '0x10', "Expected a value that can be converted to type 'Int' but it was a 'String'"],
    ['int', [1], "Expected a value that can be converted to type 'Int' but it was a 'ArrayList'"],
    ['float', 'NaN', "Expected a value that can be converted to type 'Float' but it was a 'String'"],
    ['float', 'Infinity', "Expected a value that can be converted to type 'Float' but it was a 'String'"],
    ['float', '1e999', "Expected a value that can be converted to type 'Float' but it was a 'String'"],
    ['float', false, "Expected a value that can be converted to type 'Float' but it was a 'Boolean'"],
    ['boolean', 'yes', "Expected a value that can be converted to type 'Boolean' but it was a 'String'"],
    ['boolean', '1', "Expected a value that can be converted to type 'Boolean' but it was a 'String'"],
    ['boolean', {}, "Expected a value that can be converted to type 'Boolean' but it was a 'LinkedHashMap'"],
    ['color', 'BLUE', "Invalid input for Enum 'Color'. Unknown value 'BLUE'"],
    ['color', 'red', "Invalid input for Enum 'Color'. Unknown value 'red'"],
    ['color', 1, "Invalid input for Enum 'Color'. Unknown value '1'"],
  ])('%s of %j is an error', async (field, value, message) => {
    const { data, errors } = await answerOf(field, value);

    expect(data).toEqual({ [field]: null });
    expect(errors?.[0]?.message).toBe(`Can't serialize value (/${field}) : ${message}`);
  });

  test('an item of a list that cannot be written is null, with an error at its place', async () => {
    const { data, errors } = await answerOf('ints', [1, 'x', 3]);

    expect(data).toEqual({ ints: [1, null, 3] });
    expect(errors).toMatchObject([
      {
        path: ['ints', 1],
        message:
          "Can't serialize value (/ints[1]) : Expected a value that can be converted to type 'Int' but it was a 'String'",
      },
    ]);
  });

  test.each([['text'], [{ a: 1 }], [7]])('a list field of %j is a type mismatch', async (value) => {
    const { data, errors } = await answerOf('ints', value);

    expect(data).toEqual({ ints: null });
    expect(errors?.[0]?.message).toBe(
      "Can't resolve value (/ints) : type mismatch error, expected type LIST",
    );
  });

  test('the length of a list is not a field of an object', async () => {
    expect((await answerOf('shop', [1, 2], '{ length }')).data).toEqual({ shop: { length: null } });
  });
});

describe('a value of an interface or a union', () => {
  test.each([
    ['thing', { __typename: 'Shop', id: 1 }, { id: '1' }],
    ['any', { __typename: 'Ship', id: 1 }, { __typename: 'Ship' }],
  ])('%s is of the type that it names', async (field, value, expected) => {
    const selection = field === 'thing' ? '{ id }' : '{ __typename }';

    expect(await answerOf(field, value, selection)).toEqual({ data: { [field]: expected } });
  });

  test.each([
    ['thing', { id: 1 }, "Could not determine the exact type of Thing. Missing __typename key on value.'"],
    ['any', 'text', "Could not determine the exact type of Any. Expected MAP/OBJECT type.'"],
    ['thing', { __typename: 'Ship' }, "Runtime Object type 'Ship' is not a possible type for 'Thing'."],
    ['thing', { __typename: 'Nothing' }, "Runtime Object type 'Nothing' is not a possible type for 'Thing'."],
    [
      'thing',
      { __typename: 7 },
      "Could not determine the exact type of Thing. Missing __typename key on value.'",
    ],
  ])('%s of %j is an error in the words of AppSync', async (field, value, message) => {
    const { data, errors } = await answerOf(field, value, '{ __typename }');

    expect(data).toEqual({ [field]: null });
    expect(errors).toMatchObject([{ message, errorType: 'BadRequestException' }]);
  });
});
