import type { OnBucket } from '../bucket.ts';
import { headerNotImplemented } from '../errors.ts';
import { notifyDeleted } from '../notify.ts';
import { checkDelete } from '../wire/preconditions.ts';
import { checkVersion, findVersion } from './readObject.ts';
import { versionId } from './revision.ts';

export type Deleting = { readonly key: string; readonly version: string | null; readonly ifMatch: string };

/** `marker` says that a delete marker was put over the object, or that one was deleted. */
export type Deleted = { readonly marker: boolean; readonly versionId: string | null };

const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e';

/** Deletes an object or one of its versions, if the conditions hold, and tells the bus: one transaction. */
export function deleteKey(on: OnBucket, deleting: Deleting): Deleted {
  const version = checkVersion(deleting.version);
  if (version !== null && deleting.ifMatch !== '') throw headerNotImplemented('If-Match');
  return on.context.store.transact(() => {
    if (version !== null) return deleteVersion(on, deleting.key, version);
    checkDelete(deleting.ifMatch, on.context.objects.find(on.bucket.id, deleting.key), deleting.key);
    return on.bucket.versioned ? addMarker(on, deleting.key) : removeCurrent(on, deleting.key);
  });
}

function addMarker({ context, bucket, request }: OnBucket, key: string): Deleted {
  const revision = context.objects.mark(bucket.id, key);
  const version = versionId(bucket.name, key, revision);
  notifyDeleted(context, bucket, {
    key,
    version,
    revision,
    etag: MD5_OF_NOTHING,
    marker: true,
    by: request,
    reason: 'DeleteObject',
  });
  return { marker: true, versionId: version };
}

function removeCurrent({ context, bucket, request }: OnBucket, key: string): Deleted {
  const { objects } = context;
  const current = objects.find(bucket.id, key);
  if (current === null) return { marker: false, versionId: null };
  objects.remove(current);
  const revision = objects.nextRevision(current.revision + 1);
  const { etag } = current;
  notifyDeleted(context, bucket, {
    key,
    version: null,
    revision,
    etag,
    marker: false,
    by: request,
    reason: 'DeleteObject',
  });
  return { marker: false, versionId: null };
}

/** For good. What was there before it comes back when it was the latest. */
function deleteVersion(on: OnBucket, key: string, version: string): Deleted {
  const { context, bucket, request } = on;
  const { objects } = context;
  const found = findVersion(on, key, version);
  if (found === null) return { marker: false, versionId: version };
  if (found.isCurrent) objects.remove(found);
  else objects.versions.remove(found);
  if (bucket.versioned && objects.find(bucket.id, key) === null) objects.versions.promote(bucket.id, key);
  notifyDeleted(context, bucket, {
    key,
    version: bucket.versioned ? version : null,
    revision: objects.nextRevision(found.revision + 1),
    etag: found.isMarker ? MD5_OF_NOTHING : found.etag,
    marker: false,
    by: request,
    reason: 'DeleteObject',
  });
  return { marker: found.isMarker, versionId: version };
}
