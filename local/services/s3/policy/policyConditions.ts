import { ACCOUNT_ID } from '../../../ground/account.ts';
import { Unsupported } from '../../../ground/unsupported.ts';
import { isObject } from '../../../ground/json.ts';
import type { S3Request } from '../wire/s3Request.ts';

export type Condition = (request: S3Request) => boolean;

/** A `Condition` element: all of its conditions must hold. Throws Unsupported for what cannot be decided here. */
export function parseConditions(element: unknown, where: string): readonly Condition[] {
  if (element === undefined) return [];
  if (!isObject(element)) throw new Unsupported(`${where}, has a Condition that is no object.`);
  return Object.entries(element).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) =>
      parseCondition(
        { operator, key, values: (Array.isArray(values) ? values : [values]).map(String) },
        where,
      ),
    ),
  );
}

type Given = { readonly operator: string; readonly key: string; readonly values: readonly string[] };

function parseCondition({ operator, key, values }: Given, where: string): Condition {
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
  Bool: { negated: false, test: equalsIgnoringCase },
  NumericEquals: { negated: false, test: numeric((actual, value) => actual === value) },
  NumericNotEquals: { negated: true, test: numeric((actual, value) => actual === value) },
  NumericLessThan: { negated: false, test: numeric((actual, value) => actual < value) },
  NumericLessThanEquals: { negated: false, test: numeric((actual, value) => actual <= value) },
  NumericGreaterThan: { negated: false, test: numeric((actual, value) => actual > value) },
  NumericGreaterThanEquals: { negated: false, test: numeric((actual, value) => actual >= value) },
};

type Read = (request: S3Request) => string | null;

/** Loopback stands for TLS: nobody else hears it, and a policy that wants TLS must not shut out the local cloud. */
const KEYS: Readonly<Record<string, Read>> = {
  'aws:securetransport': () => 'true',
  's3:tlsversion': () => '1.3',
  'aws:principalaccount': () => ACCOUNT_ID,
  'aws:resourceaccount': () => ACCOUNT_ID,
  's3:resourceaccount': () => ACCOUNT_ID,
  'aws:principalisawsservice': () => 'false',
  'aws:viaawsservice': () => 'false',
  's3:signatureversion': () => 'AWS4-HMAC-SHA256',
  's3:authtype': ({ presigned }) => (presigned ? 'REST-QUERY-STRING' : 'REST-HEADER'),
  's3:if-match': headerReader('if-match'),
  's3:if-none-match': headerReader('if-none-match'),
  's3:objectcreationoperation': ({ method, key, query }) =>
    String(key !== '' && method === (query.has('uploadId') ? 'POST' : 'PUT')), // not a part of an upload
  's3:prefix': queryReader('prefix'),
  's3:delimiter': queryReader('delimiter'),
  's3:max-keys': queryReader('max-keys'),
  's3:versionid': queryReader('versionId'),
};

/** Names of condition keys do not care for the case of letters. */
function readerOf(key: string): Read | null {
  const name = key.toLowerCase();
  if (name.startsWith('s3:x-amz-')) return headerReader(name.slice('s3:'.length));
  return (Object.hasOwn(KEYS, name) ? KEYS[name] : undefined) ?? null;
}

function headerReader(name: string): Read {
  return ({ header }) => header(name) || null;
}

function queryReader(name: string): Read {
  return ({ query }) => query.get(name);
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
