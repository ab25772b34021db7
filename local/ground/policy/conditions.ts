import { Unsupported } from '../refusal.ts';
import { isObject } from '../json.ts';

export type Condition<T> = (request: T) => boolean;

/** The value of a condition key in a request; null when the request does not have it. */
export type ReadKey<T> = (request: T) => string | null;

export type ConditionKeys<T> = {
  /** The start of every refusal, such as `The policy of the queue letters, statement 1`. */
  readonly where: string;
  /** Null for a condition key that cannot be decided here. */
  readonly readerOf: (key: string) => ReadKey<T> | null;
};

/** A `Condition` element: all of its conditions must hold. Throws Unsupported for what cannot be decided here. */
export function parseConditions<T>(element: unknown, keys: ConditionKeys<T>): readonly Condition<T>[] {
  const { where } = keys;
  if (element === undefined) return [];
  if (!isObject(element)) throw new Unsupported(`${where}, has a Condition that is not an object.`);
  return Object.entries(element).flatMap(([operator, given]) =>
    Object.entries(isObject(given) ? given : {}).map(([key, values]) =>
      parseCondition(
        { operator, key, values: (Array.isArray(values) ? values : [values]).map(String) },
        keys,
      ),
    ),
  );
}

type Given = { readonly operator: string; readonly key: string; readonly values: readonly string[] };

function parseCondition<T>(
  { operator, key, values }: Given,
  { where, readerOf }: ConditionKeys<T>,
): Condition<T> {
  const [, name = '', ifExists = ''] = /^([A-Za-z:]+?)(IfExists)?$/.exec(operator) ?? [];
  const read = readerOf(key);
  if (read === null)
    throw new Unsupported(`${where}, uses the condition key ${key}, which is not supported locally.`);
  if (name === 'Null' && ifExists === '') return (request) => values.includes(String(read(request) === null));
  const compare = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (compare === undefined || values.some((value) => /\$\{(?![*?$]\})/.test(value))) {
    throw new Unsupported(
      `${where}, uses the condition ${operator} on ${key}, which is not supported locally.`,
    );
  }
  const tests = values.map(compare.test);
  return (request) => {
    const actual = read(request);
    if (actual === null) return compare.negated || ifExists !== '';
    return tests.some((test) => test(actual)) !== compare.negated;
  };
}

type Test = (actual: string) => boolean;
type Operator = { readonly negated: boolean; readonly test: (value: string) => Test };

const equals =
  (value: string): Test =>
  (actual) =>
    actual === value;
const equalsIgnoringCase =
  (value: string): Test =>
  (actual) =>
    actual.toLowerCase() === value.toLowerCase();
const like = (value: string): Test => {
  const pattern = wildcard(value, '');
  return (actual) => pattern.test(actual);
};
/** The six parts of an ARN are compared one by one: a wildcard does not reach across a colon before the last. */
const likeArn = (value: string): Test => {
  const tests = partsOfArn(value).map(like);
  return (actual) => {
    const parts = partsOfArn(actual);
    return parts.length === tests.length && tests.every((test, index) => test(parts[index] ?? ''));
  };
};
const numeric =
  (holds: (actual: number, value: number) => boolean) =>
  (value: string): Test =>
  (actual) =>
    holds(Number(actual), Number(value));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { negated: false, test: equals },
  StringNotEquals: { negated: true, test: equals },
  StringEqualsIgnoreCase: { negated: false, test: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { negated: true, test: equalsIgnoringCase },
  StringLike: { negated: false, test: like },
  StringNotLike: { negated: true, test: like },
  ArnEquals: { negated: false, test: likeArn },
  ArnNotEquals: { negated: true, test: likeArn },
  ArnLike: { negated: false, test: likeArn },
  ArnNotLike: { negated: true, test: likeArn },
  Bool: { negated: false, test: equalsIgnoringCase },
  NumericEquals: { negated: false, test: numeric((actual, value) => actual === value) },
  NumericNotEquals: { negated: true, test: numeric((actual, value) => actual === value) },
  NumericLessThan: { negated: false, test: numeric((actual, value) => actual < value) },
  NumericLessThanEquals: { negated: false, test: numeric((actual, value) => actual <= value) },
  NumericGreaterThan: { negated: false, test: numeric((actual, value) => actual > value) },
  NumericGreaterThanEquals: { negated: false, test: numeric((actual, value) => actual >= value) },
};

function partsOfArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** IAM's wildcards: `*` for any text, `?` for one character, `${*}` for the character itself. */
export function wildcard(pattern: string, flags: '' | 'i'): RegExp {
  const source = pattern.replaceAll(/\$\{([*?$])\}|[\s\S]/g, (token, literal: string | undefined) => {
    if (literal !== undefined) return `\\${literal}`;
    if (token === '*') return '.*';
    return token === '?' ? '.' : token.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  return new RegExp(`^${source}$`, `s${flags}`);
}
