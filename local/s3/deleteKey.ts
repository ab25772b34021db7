import type { OnBucket } from './bucket.ts';
import { headerNotImplemented } from './errors.ts';
import { notifyDeleted } from './notify.ts';
import { versionId } from './objects.ts';
import { checkDelete } from './preconditions.ts';
import { checkVersion, isVersion } from './readObject.ts';

export type Deleting = { readonly key: string; readonly version: string | null; readonly ifMatch: string };

/** `marker` says that S3 would have put a delete marker over the object. The marker itself is not kept. */
export type Deleted = { readonly marker: boolean; readonly versionId: string | null };

const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e';

/** Deletes an object, if the conditions hold, and tells the bus: one transaction. */
export function deleteKey({ context, bucket, request }: OnBucket, deleting: Deleting): Deleted {
  const { key, ifMatch } = deleting;
  const version = checkVersion(deleting.version);
  if (version !== null && ifMatch !== '') throw headerNotImplemented('If-Match');
  return context.store.transact(() => {
    const current = context.objects.find(bucket.id, key);
    checkDelete(ifMatch, current, key);
    if (version !== null && !isVersion({ bucket, object: current, version })) {
      return { marker: false, versionId: version };
    }
    if (current !== null) context.objects.remove(current.id);
    const marker = bucket.versioned && version === null;
    const revision = context.objects.nextRevision((current?.revision ?? 0) + 1);
    if (current !== null || marker) {
      const etag = marker ? MD5_OF_NOTHING : (current?.etag ?? '');
      notifyDeleted(context, bucket, { key, revision, etag, marker, by: request, reason: 'DeleteObject' });
    }
    return { marker, versionId: marker ? versionId(bucket.name, key, revision) : version };
  });
}
