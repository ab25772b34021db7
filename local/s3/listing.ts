import type { OnBucket } from './bucket.ts';
import { invalidArgument } from './errors.ts';
import { afterPrefix, type ObjectSummary } from './objects.ts';
import type { S3Request } from './s3Request.ts';

export type Listing = {
  readonly objects: readonly ObjectSummary[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of this page when there are more; the next page begins after it. */
  readonly next: string | null;
};

export type ListingQuery = {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes after it. */
  readonly after: string;
  readonly maxKeys: number;
};

const MOST_KEYS = 1000;

/** A page of the bucket's keys in the order of their bytes; what shares a prefix up to the delimiter counts as one. */
export function list({ context, bucket }: OnBucket, query: ListingQuery): Listing {
  const objects: ObjectSummary[] = [];
  const commonPrefixes: string[] = [];
  const end = afterPrefix(query.prefix);
  let last = query.after;
  let from = firstAfter(query);
  for (;;) {
    let jump: Buffer | null = null;
    for (const object of context.objects.list(bucket.id, from, end)) {
      if (objects.length + commonPrefixes.length >= query.maxKeys) {
        return { objects, commonPrefixes, next: query.maxKeys === 0 ? null : last };
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

/** A page that ended with a common prefix goes on after everything in it. */
function firstAfter({ prefix, delimiter, after }: ListingQuery): Buffer {
  const start = Buffer.from(prefix);
  if (after === '') return start;
  const inPrefix =
    delimiter !== '' && after.startsWith(prefix) && after.endsWith(delimiter) && after.length > prefix.length;
  const next = inPrefix ? afterPrefix(after) : Buffer.from(`${after}\0`);
  return Buffer.compare(next, start) > 0 ? next : start;
}

function commonPrefix(key: string, { prefix, delimiter }: ListingQuery): string | null {
  const mark = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return mark < 0 ? null : key.slice(0, mark + delimiter.length);
}

export function parseMaxKeys({ query }: S3Request): number {
  const given = query.get('max-keys');
  if (given === null || given === '') return MOST_KEYS;
  if (!/^\d{1,10}$/.test(given) || Number(given) > 2_147_483_647) {
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', given);
  }
  return Math.min(Number(given), MOST_KEYS);
}

/** How names stand in the answer: keys may hold characters that XML 1.0 cannot, and callers can ask for `url`. */
export function nameEncoding({ query }: S3Request): (name: string) => string {
  const given = query.get('encoding-type');
  if (given === null || given === '') return (name) => name;
  if (given !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', given);
  return (name) => encodeURIComponent(name).replaceAll('%2F', '/');
}
