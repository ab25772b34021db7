import { ACCOUNT_ID } from '../../ground/account.ts';
import type { Bucket, S3Context } from './bucket.ts';
import type { ObjectSummary } from './records/objectRow.ts';
import { sequencer, versionId } from './records/revision.ts';

/** Who caused an event. */
export type Cause = { readonly id: string; readonly remoteAddress: string; readonly requester?: string };

export type Deletion = {
  readonly key: string;
  /** The id of the marker, or of the version that was deleted; null in a bucket without versions. */
  readonly version: string | null;
  readonly revision: number;
  readonly etag: string;
  /** Whether a delete marker was put over the object. */
  readonly marker: boolean;
  readonly by: Cause;
  readonly reason: 'DeleteObject' | 'Lifecycle Expiration';
};

/** Puts S3's "Object Created" on the bus, in the transaction that creates the object. */
export function notifyCreated(
  context: S3Context,
  bucket: Bucket,
  created: {
    readonly object: ObjectSummary;
    readonly by: Cause;
    readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
  },
): void {
  const { key, size, etag, revision } = created.object;
  const version = bucket.versioned ? { 'version-id': versionId(bucket.name, key, revision) } : {};
  const object = { key, size, etag, ...version, sequencer: sequencer(revision) };
  emit(context, bucket, {
    detailType: 'Object Created',
    detail: { object, ...causeOf(created.by), reason: created.reason },
  });
}

/** Puts S3's "Object Deleted" on the bus, in the transaction that deletes the object. */
export function notifyDeleted(context: S3Context, bucket: Bucket, deleted: Deletion): void {
  const { key, etag, revision } = deleted;
  const version = deleted.version === null ? {} : { 'version-id': deleted.version };
  const object = { key, etag, ...version, sequencer: sequencer(revision) };
  emit(context, bucket, {
    detailType: 'Object Deleted',
    detail: {
      object,
      ...causeOf(deleted.by),
      reason: deleted.reason,
      'deletion-type': deleted.marker ? 'Delete Marker Created' : 'Permanently Deleted',
    },
  });
}

function emit(
  { events }: S3Context,
  bucket: Bucket,
  event: { readonly detailType: string; readonly detail: Readonly<Record<string, unknown>> },
): void {
  if (!bucket.eventBridge) return;
  events.emit({
    source: 'aws.s3',
    detailType: event.detailType,
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: { version: '0', bucket: { name: bucket.name }, ...event.detail },
  });
}

function causeOf({ id, remoteAddress, requester }: Cause): Record<string, string> {
  const fields = { 'request-id': id, requester: requester ?? ACCOUNT_ID, 'source-ip-address': remoteAddress };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
