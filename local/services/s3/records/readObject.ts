import type { OnBucket } from '../bucket.ts';
import { deleteMarkerRead, invalidArgument, noSuchKey, noSuchVersion } from '../errors.ts';
import type { ObjectSummary } from './objectRow.ts';
import { lastModified, revisionOf, versionId } from './revision.ts';
import type { Version } from './versions.ts';

/** The object, or the version of it, that a request means. */
export function readObject(on: OnBucket): ObjectSummary {
  const { context, bucket, request } = on;
  const version = checkVersion(request.query.get('versionId'));
  if (version !== null) return readVersion(on, version);
  const object = context.objects.find(bucket.id, request.key);
  if (object !== null) return object;
  throw noSuchKey(request.key, markerHeaders(on));
}

function readVersion(on: OnBucket, version: string): ObjectSummary {
  const { bucket, request } = on;
  const found = findVersion(on, request.key, version);
  if (found === null) throw noSuchVersion(request.key, version);
  if (!found.isMarker) return found;
  throw deleteMarkerRead(request.method, {
    'last-modified': new Date(lastModified(found)).toUTCString(),
    'x-amz-version-id': versionId(bucket.name, request.key, found.revision),
  });
}

/** A read of a deleted object names the marker that hides it. */
function markerHeaders({ context, bucket, request }: OnBucket): Record<string, string> {
  const marker = bucket.versioned ? context.objects.versions.newest(bucket.id, request.key) : null;
  if (marker === null) return {};
  return {
    'x-amz-delete-marker': 'true',
    'x-amz-version-id': versionId(bucket.name, request.key, marker.revision),
  };
}

/** A version id as S3 gives them; another text is refused before it gets into an answer. */
export function checkVersion(version: string | null): string | null {
  if (version === null || /^(?:null|[\w.]{32})$/.test(version)) return version;
  const message = version === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified';
  throw invalidArgument(message, 'versionId', version);
}

/** Objects of a bucket without versions have the version `null`. */
export function findVersion(
  { context, bucket }: Pick<OnBucket, 'context' | 'bucket'>,
  key: string,
  version: string,
): Version | null {
  const current = context.objects.find(bucket.id, key);
  const revision = bucket.versioned ? revisionOf(bucket.name, key, version) : null;
  const isCurrent = bucket.versioned ? revision === current?.revision : version === 'null';
  if (current !== null && isCurrent) return { ...current, isMarker: false };
  return revision === null ? null : context.objects.versions.find(bucket.id, key, revision);
}
