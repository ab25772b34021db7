import { Unsupported } from '../assembly/errors.ts';
import { parseBoolean, parseNumber, parseObject, parseText } from '../assembly/json.ts';

/** What an enabled rule of a bucket's lifecycle deletes; rules that only change the price have no effect here. */
export type ExpirationRule = {
  readonly prefix: string;
  /** Current objects that were last modified before this instant have expired at the given midnight; null: never. */
  readonly modifiedBefore: ((midnight: number) => number) | null;
  /** Versions that something newer has replaced for so long; null: they stay. */
  readonly noncurrentDays: number | null;
  /** Whether markers go under which nothing is left. */
  readonly loneMarkers: boolean;
  /** Multipart uploads that began so long ago and are not complete; null: they stay. */
  readonly uploadDays: number | null;
  readonly largerThan: number;
  readonly smallerThan: number;
};

export const DAY = 86_400_000;

/** Rules for tags never match, since objects have none here; transitions only change the price. */
export function parseExpiration(
  rules: readonly Readonly<Record<string, unknown>>[],
  bucket: string,
): readonly ExpirationRule[] {
  return rules
    .filter((rule) => rule['Status'] === 'Enabled' && rule['TagFilters'] === undefined)
    .map((rule) => ({
      prefix: parseText(rule['Prefix'], ''),
      modifiedBefore: parseAge(rule),
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
      ({ modifiedBefore, noncurrentDays, loneMarkers, uploadDays }) =>
        modifiedBefore !== null || noncurrentDays !== null || loneMarkers || uploadDays !== null,
    );
}

function parseAge(rule: Readonly<Record<string, unknown>>): ExpirationRule['modifiedBefore'] {
  const days = parseNumber(rule['ExpirationInDays'], null);
  if (days !== null) return (midnight) => midnight - days * DAY;
  const date = Date.parse(parseText(rule['ExpirationDate'], ''));
  return Number.isNaN(date) ? null : (midnight) => (midnight >= date ? midnight : -Infinity);
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
