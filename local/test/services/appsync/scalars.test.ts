import { describe, expect, test } from 'vitest';
import { isScalarType } from 'graphql';
import { loadSchema } from '../../../services/appsync/schema/loadSchema.ts';

const schema = loadSchema('type Query { a: Int }')?.schema;

function parse(name: string, value: unknown): unknown {
  const type = schema?.getType(name);
  return isScalarType(type) ? type.parseValue(value) : null;
}

describe('an AWS scalar', () => {
  test.each([
    ['AWSDate', '1970-01-01'],
    ['AWSDate', '1970-01-01Z'],
    ['AWSDate', '2024-02-29-07:00'],
    ['AWSDate', '1970-01-01+05:30'],
    ['AWSTime', '12:30'],
    ['AWSTime', '12:30Z'],
    ['AWSTime', '12:30:24-07:00'],
    ['AWSTime', '12:30:24.500+05:30'],
    ['AWSDateTime', '1970-01-01T12:00Z'],
    ['AWSDateTime', '1970-01-01T12:30:24-07:00'],
    ['AWSDateTime', '1970-01-01T12:30:24.500+05:30'],
    ['AWSDateTime', '1970-01-01T12:30:24-18:00'],
    ['AWSDateTime', '2026-11-22T09:41:32.123456789Z'],
    ['AWSTimestamp', 1_700_000_000],
    ['AWSTimestamp', -1],
    ['AWSEmail', 'username@example.com'],
    ['AWSURL', 'https://www.amazon.com/a?b=c'],
    ['AWSURL', 'mailto:example@example.com'],
    ['AWSDate', '-9999-01-01'],
    ['AWSDate', '0000-02-29'],
    ['AWSDate', '-0004-02-29'],
    ['AWSDate', '+12345-06-07Z'],
    ['AWSDate', '0099-12-31'],
    ['AWSDateTime', '-2017-01-01T00:00Z'],
    ['AWSDateTime', '-9999-01-01T00:00Z'],
    ['AWSPhone', '+12065550100'],
    ['AWSPhone', '+1 206-555-0100'],
    ['AWSPhone', '(206) 555-0100'],
    ['AWSPhone', '2065550100'],
    ['AWSPhone', '+44 20 7946 0958'],
    ['AWSPhone', '+49 30 123456'],
    ['AWSIPAddress', '123.12.34.56'],
    ['AWSIPAddress', '123.45.67.89/16'],
    ['AWSIPAddress', '1a2b:3c4b::1234:4567'],
  ])('%s takes %j', (name, value) => {
    expect(parse(name, value)).toBe(value);
  });

  test.each([
    ['AWSDate', '2023-02-29'],
    ['AWSDate', '1970-13-01'],
    ['AWSDate', '1970-01-01T12:00Z'],
    ['AWSTime', '24:00'],
    ['AWSTime', '12'],
    ['AWSDateTime', '1970-01-01T12:30:24'],
    ['AWSDateTime', '1970-01-01'],
    ['AWSDateTime', 'now'],
    ['AWSDateTime', '2024-02-29T10:00:00+99:99'],
    ['AWSDateTime', '2024-02-29T10:00:00+18:01'],
    ['AWSDate', '2024-02-29+19:00'],
    ['AWSDateTime', 7],
    ['AWSTimestamp', 1.5],
    ['AWSTimestamp', '1700000000'],
    ['AWSEmail', 'nobody'],
    ['AWSEmail', 'a b@example.com'],
    ['AWSURL', 'www.amazon.com'],
    ['AWSURL', 'https://www.amazon.com/a//b'],
    ['AWSDate', '-0000-01-01'],
    ['AWSDate', '-0001-02-29'],
    ['AWSDate', '1900-02-29'],
    ['AWSDate', '-999-01-01'],
    ['AWSDate', '12345-01-01'],
    ['AWSDate', '+2024-01-01'],
    ['AWSDateTime', '-0000-01-01T00:00Z'],
    ['AWSPhone', 'call me'],
    ['AWSPhone', '1110004444'],
    ['AWSPhone', '6781982162'],
    ['AWSPhone', '575-111-1111'],
    ['AWSPhone', '+1 555 555 5555'],
    ['AWSPhone', '911'],
    ['AWSPhone', '+4420794'],
    ['AWSPhone', '+999 123456789'],
    ['AWSPhone', 2_065_550_100],
    ['AWSIPAddress', '300.1.1.1'],
    ['AWSIPAddress', '1.1.1.1/33'],
    ['AWSIPAddress', 'fe80::1%eth0'],
    ['AWSJSON', 'Unquoted'],
    ['AWSJSON', { a: 1 }],
  ])('%s refuses %j', (name, value) => {
    expect(() => parse(name, value)).toThrow(/Unable to parse/);
  });

  test('AWSJSON gives resolvers the value and clients the text', () => {
    const type = schema?.getType('AWSJSON');

    expect(parse('AWSJSON', '{"a":[1]}')).toEqual({ a: [1] });
    expect(isScalarType(type) && type.serialize({ a: [1] })).toBe('{"a":[1]}');
    expect(isScalarType(type) && type.serialize('{"a":[1]}')).toBe('{"a":[1]}');
  });

  test('a phone number that nobody can have is refused on the way out, too', () => {
    const type = schema?.getType('AWSPhone');

    expect(() => isScalarType(type) && type.serialize('1110004444')).toThrow(
      'Unable to serialize `1110004444`',
    );
    expect(isScalarType(type) && type.serialize('+12065550100')).toBe('+12065550100');
  });
});
