import { ACCOUNT_ID } from '../../ground/account.ts';
import type { Bucket, S3Context } from './bucket.ts';
import { notifyQueues, type Cause } from './notifications/notifyQueues.ts';
import type { ObjectSummary } from './records/objectRow.ts';
import { sequencer, versionId } from './records/revision.ts';

export type Creation = {
  readonly object: ObjectSummary;
  readonly by: Cause;
  readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
};

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

const CREATED_BY = {
  PutObject: 'Put',
  CopyObject: 'Copy',
  CompleteMultipartUpload: 'CompleteMultipartUpload',
} satisfies Record<Creation['reason'], string>;
const DELETED_BY = {
  DeleteObject: 'ObjectRemoved',
  'Lifecycle Expiration': 'LifecycleExpiration',
} satisfies Record<Deletion['reason'], string>;

/** Tells the bus and the queues of the bucket, in the transaction that creates the object. */
export function notifyCreated(
  context: S3Context,
  bucket: Bucket,
  { object: created, by, reason }: Creation,
): void {
  const { key, size, etag, revision } = created;
  const version = () => (bucket.versioned ? versionId(bucket.name, key, revision) : null);
  const order = () => ({ sequencer: sequencer(revision) });
  emit(context, bucket, () => ({
    detailType: 'Object Created',
    detail: {
      object: { key, size, etag, ...named('version-id', version()), ...order() },
      ...causeOf(by),
      reason,
    },
  }));
  notifyQueues(context, bucket, {
    name: `ObjectCreated:${CREATED_BY[reason]}`,
    key,
    object: () => ({ size, eTag: etag, ...named('versionId', version()), ...order() }),
    by,
  });
}

/** Tells the bus and the queues of the bucket, in the transaction that deletes the object. */
export function notifyDeleted(context: S3Context, bucket: Bucket, deleted: Deletion): void {
  const { key, etag, version, marker, by, reason } = deleted;
  const order = () => ({ sequencer: sequencer(deleted.revision) });
  emit(context, bucket, () => ({
    detailType: 'Object Deleted',
    detail: {
      object: { key, etag, ...named('version-id', version), ...order() },
      ...causeOf(by),
      reason,
      'deletion-type': marker ? 'Delete Marker Created' : 'Permanently Deleted',
    },
  }));
  notifyQueues(context, bucket, {
    name: `${DELETED_BY[reason]}:${marker ? 'DeleteMarkerCreated' : 'Delete'}`,
    key,
    object: () => ({ ...(marker ? { eTag: etag } : {}), ...named('versionId', version), ...order() }),
    by,
  });
}

type BusEvent = { readonly detailType: string; readonly detail: Readonly<Record<string, unknown>> };

/** Most buckets tell nothing: an event is made where there is somewhere to send it. */
function emit({ events }: S3Context, bucket: Bucket, eventOf: () => BusEvent): void {
  if (!bucket.eventBridge) return;
  const { detailType, detail } = eventOf();
  events.emit({
    source: 'aws.s3',
    detailType,
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: { version: '0', bucket: { name: bucket.name }, ...detail },
  });
}

function named(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}

function causeOf({ id, remoteAddress, requester }: Cause): Record<string, string> {
  const fields = { 'request-id': id, requester: requester ?? ACCOUNT_ID, 'source-ip-address': remoteAddress };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
