import type { Bucket, S3Context } from '../bucket.ts';
import { DAY, lastMidnight, type ExpirationRule } from './lifecycle.ts';
import { notifyDeleted } from '../notify.ts';
import { afterPrefix, type ObjectSummary } from '../records/objectRow.ts';
import { versionId } from '../records/revision.ts';
import type { Version } from '../records/versions.ts';

const SWEPT_AT_ONCE = 2000;
const SWEPT_BY = { id: '', remoteAddress: '', requester: 's3.amazonaws.com' } as const;

type Sweeping = { readonly context: S3Context; readonly bucket: Bucket; readonly midnight: number };

/** Deletes some of what has expired, in the open transaction. True when there may be more. */
export function sweep(context: S3Context, bucket: Bucket): boolean {
  const sweeping = { context, bucket, midnight: lastMidnight(context.clock.now()) };
  const counts = bucket.expiration.flatMap((rule) => [
    sweepCurrent(sweeping, rule),
    sweepNoncurrent(sweeping, rule),
    sweepMarkers(sweeping, rule),
    sweepUploads(sweeping, rule),
  ]);
  return counts.includes(SWEPT_AT_ONCE);
}

function sweepCurrent({ context, bucket, midnight }: Sweeping, rule: ExpirationRule): number {
  const before = rule.age?.modifiedBefore(midnight) ?? 0;
  if (before <= 0) return 0;
  const { prefix, largerThan, smallerThan } = rule;
  const range = { prefix, before, largerThan, smallerThan, limit: SWEPT_AT_ONCE };
  const expired = context.objects.expired(bucket.id, range);
  for (const object of expired) expire(context, bucket, object);
  return expired.length;
}

function expire(context: S3Context, bucket: Bucket, object: ObjectSummary): void {
  const { objects } = context;
  const { key, etag, revision } = object;
  const event = { key, etag, by: SWEPT_BY, reason: 'Lifecycle Expiration' } as const;
  if (!bucket.versioned) {
    objects.remove(object);
    const removed = { version: null, revision: objects.nextRevision(revision + 1), marker: false };
    notifyDeleted(context, bucket, { ...event, ...removed });
    return;
  }
  const marker = objects.mark(bucket.id, key);
  const version = versionId(bucket.name, key, marker);
  notifyDeleted(context, bucket, { ...event, version, revision: marker, marker: true });
}

function sweepNoncurrent({ context, bucket, midnight }: Sweeping, rule: ExpirationRule): number {
  if (rule.noncurrentDays === null) return 0;
  const expired = context.objects.versions.superseded(bucket.id, {
    ...rangeOf(rule),
    supersededBefore: midnight - rule.noncurrentDays * DAY,
    largerThan: rule.largerThan,
    smallerThan: rule.smallerThan,
  });
  for (const version of expired) expireVersion(context, bucket, version);
  return expired.length;
}

function sweepMarkers({ context, bucket }: Sweeping, rule: ExpirationRule): number {
  const expired = rule.loneMarkers ? context.objects.versions.loneMarkers(bucket.id, rangeOf(rule)) : [];
  for (const version of expired) expireVersion(context, bucket, version);
  return expired.length;
}

function sweepUploads(
  { context, bucket, midnight }: Sweeping,
  { prefix, uploadDays }: ExpirationRule,
): number {
  if (uploadDays === null) return 0;
  const expired = context.uploads
    .list(bucket.id)
    .filter(({ key, started }) => key.startsWith(prefix) && started < midnight - uploadDays * DAY);
  for (const { id } of expired) context.uploads.remove(id);
  return 0; // all of them
}

function rangeOf({ prefix }: ExpirationRule) {
  return { prefix: Buffer.from(prefix), end: afterPrefix(prefix), limit: SWEPT_AT_ONCE };
}

function expireVersion(context: S3Context, bucket: Bucket, expired: Version): void {
  const { key, etag, revision } = expired;
  context.objects.versions.remove(expired);
  notifyDeleted(context, bucket, {
    key,
    etag,
    version: versionId(bucket.name, key, revision),
    revision: context.objects.nextRevision(revision + 1),
    marker: false,
    by: SWEPT_BY,
    reason: 'Lifecycle Expiration',
  });
}
