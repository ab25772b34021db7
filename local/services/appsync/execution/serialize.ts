import {
  getNullableType,
  isEnumType,
  isListType,
  isScalarType,
  type GraphQLEnumType,
  type GraphQLOutputType,
} from 'graphql';
import { javaText, javaTypeName } from './javaText.ts';

/** A value as it goes on to the GraphQL library; an Error in its place is the error of that place. */
type Serialize = (value: unknown) => unknown;

/** AppSync serializes results with graphql-java: a value that the type cannot have is converted where Java can. */
const BUILT_IN: Readonly<Record<string, Serialize>> = {
  Int: (value) => {
    const number = numberOf(value);
    return isInt(number) ? number : notOf('Int', value);
  },
  Float: (value) => {
    const number = numberOf(value);
    return number === null || !Number.isFinite(number) ? notOf('Float', value) : number;
  },
  Boolean: (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return text === 'true' || text === 'false' ? text === 'true' : notOf('Boolean', value);
  },
  String: javaText,
  ID: javaText,
};

const MIN_INT = -(2 ** 31);
const MAX_INT = 2 ** 31 - 1;

function isInt(number: number | null): number is number {
  return number !== null && Number.isInteger(number) && number >= MIN_INT && number <= MAX_INT;
}

/** What `new BigDecimal(text)` takes: no blank space, no hexadecimal, no NaN. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,10})?$/;

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : null;
}

function notOf(type: string, value: unknown): Error {
  return new Error(
    `Expected a value that can be converted to type '${type}' but it was a '${javaTypeName(value)}'`,
  );
}

function enumValue(type: GraphQLEnumType): Serialize {
  return (value) =>
    typeof value === 'string' && type.getValue(value) !== undefined
      ? value
      : new Error(`Invalid input for Enum '${type.name}'. Unknown value '${javaText(value)}'`);
}

function listOf(item: Serialize): Serialize {
  return (value) => (Array.isArray(value) ? value.map((each) => (each === null ? null : item(each))) : value);
}

const known = new WeakMap<GraphQLOutputType, Serialize | null>();

/** How values of a type are made ready; null for objects and for the scalars of AWS, which have rules of their own. */
function serializerOf(type: GraphQLOutputType): Serialize | null {
  const kept = known.get(type);
  if (kept !== undefined) return kept;
  const found = findSerializer(getNullableType(type));
  known.set(type, found);
  return found;
}

function findSerializer(type: GraphQLOutputType): Serialize | null {
  if (isListType(type)) {
    const item = serializerOf(type.ofType);
    return item === null ? null : listOf(item);
  }
  if (isEnumType(type)) return enumValue(type);
  return isScalarType(type) ? (BUILT_IN[type.name] ?? null) : null;
}

/** The value of a field as graphql-java would write it. */
export function serialized(type: GraphQLOutputType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  return serializerOf(type)?.(value) ?? value;
}
