import { invalidArgument } from '../errors.ts';
import { afterPrefix } from './objectRow.ts';
import type { S3Request } from '../wire/s3Request.ts';

/** What is listed: an object, or a version of one. */
type Named = { readonly key: string };

export type Listing<T> = {
  readonly objects: readonly T[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of this page when there are more; the next page begins after it. */
  readonly next: string | null;
};

export type ListingQuery<T> = {
  readonly prefix: string;
  readonly delimiter: string;
  /** The first bytes that may be listed. */
  readonly from: Buffer;
  readonly maxKeys: number;
  /** Reads on in the order of the keys' bytes, as far as it is asked. */
  readonly read: (from: Uint8Array, to: Uint8Array) => Iterable<T>;
};

const MAX_KEYS = 1000;
const MAX_INTEGER = 2_147_483_647;

/** A page of the bucket's keys in the order of their bytes; what shares a prefix up to the delimiter counts as one. */
export function list<T extends Named>(query: ListingQuery<T>): Listing<T> {
  const objects: T[] = [];
  const commonPrefixes: string[] = [];
  const end = afterPrefix(query.prefix);
  let last: string | null = null;
  let { from } = query;
  for (;;) {
    let jump: Buffer | null = null;
    for (const object of query.read(from, end)) {
      if (objects.length + commonPrefixes.length >= query.maxKeys) {
        return { objects, commonPrefixes, next: last };
      }
      const common = commonPrefix(object.key, query);
      if (common === null) objects.push(object);
      else commonPrefixes.push(common);
      last = common ?? object.key;
      if (common !== null) jump = afterPrefix(common);
      if (jump !== null) break;
    }
    if (jump === null) return { objects, commonPrefixes, next: null };
    from = jump;
  }
}

type Place = { readonly prefix: string; readonly delimiter: string; readonly after: string };

/** Where a page begins that comes after a name. One that ended with a common prefix goes on after everything in it. */
export function firstAfter({ prefix, delimiter, after }: Place): Buffer {
  const start = Buffer.from(prefix);
  if (after === '') return start;
  const inPrefix =
    delimiter !== '' && after.startsWith(prefix) && after.endsWith(delimiter) && after.length > prefix.length;
  return laterOf(inPrefix ? afterPrefix(after) : Buffer.from(`${after}\0`), start);
}

export function laterOf(left: Buffer, right: Buffer): Buffer {
  return Buffer.compare(left, right) > 0 ? left : right;
}

function commonPrefix(
  key: string,
  { prefix, delimiter }: Pick<Place, 'prefix' | 'delimiter'>,
): string | null {
  const mark = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return mark < 0 ? null : key.slice(0, mark + delimiter.length);
}

/** `name` is the parameter: what is listed may be uploads. */
export function parseMaxKeys({ query }: S3Request, name: 'max-keys' | 'max-uploads' = 'max-keys'): number {
  const given = query.get(name);
  if (given === null || given === '') return MAX_KEYS;
  if (!/^-?\d{1,10}$/.test(given) || Math.abs(Number(given)) > MAX_INTEGER) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, given);
  }
  if (Number(given) < 0) {
    const argument = name === 'max-keys' ? 'maxKeys' : name;
    const message = `Argument ${argument} must be an integer between 0 and ${MAX_INTEGER}`;
    throw invalidArgument(message, argument, given);
  }
  return Math.min(Number(given), MAX_KEYS);
}

/** How names stand in the answer: keys may hold characters that XML 1.0 cannot, and callers can ask for `url`. */
export function nameEncoding({ query }: S3Request): (name: string) => string {
  const given = query.get('encoding-type');
  if (given === null || given === '') return (name) => name;
  if (given !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', given);
  return encodeName;
}

/** As HTML forms are encoded, but for slashes; S3's manual has test_file%283%29.png. */
export function encodeName(name: string): string {
  return new URLSearchParams({ name }).toString().slice('name='.length).replaceAll('%2F', '/');
}
