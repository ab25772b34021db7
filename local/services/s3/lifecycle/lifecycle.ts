import { Unsupported } from '../../../ground/refusal.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { lastModified } from '../records/revision.ts';
import { parseBoolean, parseNumber, parseObject, parseText } from '../../../ground/json.ts';

/** What an enabled rule of a bucket's lifecycle deletes; rules that only change the price have no effect here. */
export type ExpirationRule = {
  readonly id: string;
  readonly prefix: string;
  /** When current objects expire; null: never. */
  readonly age: Age | null;
  /** Versions that something newer has replaced for so long; null: they stay. */
  readonly noncurrentDays: number | null;
  /** Whether markers go under which nothing is left. */
  readonly loneMarkers: boolean;
  /** Multipart uploads that began so long ago and are not complete; null: they stay. */
  readonly uploadDays: number | null;
  readonly largerThan: number;
  readonly smallerThan: number;
};

type Age = {
  /** What was last modified before this instant has expired at the given midnight. */
  readonly modifiedBefore: (midnight: number) => number;
  /** When what was modified then will have expired. */
  readonly endOf: (modified: number) => number;
};

export const DAY = 86_400_000;

/** Rules for tags never match, since objects have none here; transitions only change the price. */
export function parseExpiration(
  rules: readonly Readonly<Record<string, unknown>>[],
  bucket: string,
): readonly ExpirationRule[] {
  return rules
    .filter((rule) => rule['Status'] === 'Enabled' && rule['TagFilters'] === undefined)
    .map((rule, index) => ({
      id: parseText(rule['Id'], `rule-${index + 1}`),
      prefix: parseText(rule['Prefix'], ''),
      age: parseAge(rule),
      noncurrentDays: parseNoncurrentDays(rule, bucket),
      loneMarkers: parseBoolean(rule['ExpiredObjectDeleteMarker'], false),
      uploadDays: parseNumber(
        parseObject(rule['AbortIncompleteMultipartUpload'])['DaysAfterInitiation'],
        null,
      ),
      largerThan: parseNumber(rule['ObjectSizeGreaterThan'], -1),
      smallerThan: parseNumber(rule['ObjectSizeLessThan'], Infinity),
    }))
    .filter(
      ({ age, noncurrentDays, loneMarkers, uploadDays }) =>
        age !== null || noncurrentDays !== null || loneMarkers || uploadDays !== null,
    );
}

function parseAge(rule: Readonly<Record<string, unknown>>): Age | null {
  const days = parseNumber(rule['ExpirationInDays'], null);
  if (days !== null) {
    return {
      modifiedBefore: (midnight) => midnight - days * DAY,
      endOf: (modified) => nextMidnight(modified + days * DAY),
    };
  }
  const date = Date.parse(parseText(rule['ExpirationDate'], ''));
  if (Number.isNaN(date)) return null;
  return {
    modifiedBefore: (midnight) => (midnight >= date ? midnight : -Infinity),
    endOf: (modified) => Math.max(date, nextMidnight(modified)),
  };
}

/** When the object will expire and by which rule, if any; the first one counts. */
export function expirationHeader(
  { expiration }: { readonly expiration: readonly ExpirationRule[] },
  object: ObjectSummary,
): Record<string, string> {
  if (!object.isCurrent) return {};
  const modified = lastModified(object);
  const [first] = expiration
    .filter((rule) => isOf(rule, object))
    .flatMap(({ id, age }) => (age === null ? [] : [{ id, end: age.endOf(modified) }]))
    .toSorted((left, right) => left.end - right.end);
  if (first === undefined) return {};
  const date = new Date(first.end).toUTCString();
  return { 'x-amz-expiration': `expiry-date="${date}", rule-id="${encodeURIComponent(first.id)}"` };
}

function isOf({ prefix, largerThan, smallerThan }: ExpirationRule, { key, size }: ObjectSummary): boolean {
  return key.startsWith(prefix) && size > largerThan && size < smallerThan;
}

function parseNoncurrentDays(rule: Readonly<Record<string, unknown>>, bucket: string): number | null {
  const noncurrent = parseObject(rule['NoncurrentVersionExpiration']);
  if (noncurrent['NewerNoncurrentVersions'] !== undefined) {
    throw new Unsupported(
      `The lifecycle of the bucket ${bucket} has NewerNoncurrentVersions, which is not supported locally.`,
    );
  }
  return parseNumber(noncurrent['NoncurrentDays'] ?? rule['NoncurrentVersionExpirationInDays'], null);
}

/** S3 lets objects expire at midnight UTC. */
export function lastMidnight(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

export function nextMidnight(now: number): number {
  return lastMidnight(now) + DAY;
}
