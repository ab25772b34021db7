import { parseNumber, parseText } from '../assembly/json.ts';
import type { Bucket, S3Context } from './bucket.ts';
import { notifyDeleted } from './notify.ts';
import type { ObjectSummary } from './objects.ts';

/** An enabled rule of a bucket's lifecycle that deletes current objects; the others have no effect here. */
export type ExpirationRule = {
  readonly prefix: string;
  /** Objects that were last modified before this instant have expired at the given midnight. */
  readonly modifiedBefore: (midnight: number) => number;
  readonly largerThan: number;
  readonly smallerThan: number;
};

const DAY = 86_400_000;
const SWEPT_AT_ONCE = 2000;
const SWEPT_BY = { id: '', remoteAddress: '', requester: 's3.amazonaws.com' } as const;

/** Rules for tags never match, since objects have none here; transitions only change the price. */
export function parseExpiration(
  rules: readonly Readonly<Record<string, unknown>>[],
): readonly ExpirationRule[] {
  return rules
    .filter((rule) => rule['Status'] === 'Enabled' && rule['TagFilters'] === undefined)
    .flatMap((rule) => {
      const modifiedBefore = parseAge(rule);
      if (modifiedBefore === null) return [];
      return {
        prefix: parseText(rule['Prefix'], ''),
        modifiedBefore,
        largerThan: parseNumber(rule['ObjectSizeGreaterThan'], -1),
        smallerThan: parseNumber(rule['ObjectSizeLessThan'], Infinity),
      };
    });
}

function parseAge(rule: Readonly<Record<string, unknown>>): ExpirationRule['modifiedBefore'] | null {
  const days = parseNumber(rule['ExpirationInDays'], null);
  if (days !== null) return (midnight) => midnight - days * DAY;
  const date = Date.parse(parseText(rule['ExpirationDate'], ''));
  return Number.isNaN(date) ? null : (midnight) => (midnight >= date ? midnight : -Infinity);
}

/** S3 lets objects expire at midnight UTC. */
export function lastMidnight(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

export function nextMidnight(now: number): number {
  return lastMidnight(now) + DAY;
}

/** Deletes some of what has expired, in the open transaction. True when there may be more. */
export function sweep(context: S3Context, bucket: Bucket): boolean {
  const midnight = lastMidnight(context.clock.now());
  const found = bucket.expiration.map((rule) => sweepRule(context, bucket, { rule, midnight }));
  return found.some((count) => count === SWEPT_AT_ONCE);
}

function sweepRule(
  context: S3Context,
  bucket: Bucket,
  { rule, midnight }: { readonly rule: ExpirationRule; readonly midnight: number },
): number {
  const before = rule.modifiedBefore(midnight);
  if (before <= 0) return 0;
  const range = {
    prefix: rule.prefix,
    before,
    largerThan: rule.largerThan,
    smallerThan: rule.smallerThan,
    limit: SWEPT_AT_ONCE,
  };
  const expired = context.objects.expired(bucket.id, range);
  for (const object of expired) expire(context, bucket, object);
  return expired.length;
}

function expire(context: S3Context, bucket: Bucket, object: ObjectSummary): void {
  context.objects.remove(object.id);
  notifyDeleted(context, bucket, {
    key: object.key,
    etag: object.etag,
    revision: context.objects.nextRevision(object.revision + 1),
    marker: bucket.versioned,
    by: SWEPT_BY,
    reason: 'Lifecycle Expiration',
  });
}
