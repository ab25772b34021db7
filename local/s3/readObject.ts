import type { OnBucket } from './bucket.ts';
import { invalidArgument, noSuchKey, noSuchVersion, notImplemented } from './errors.ts';
import { versionId, type ObjectSummary } from './objects.ts';

/** The object that a request means. Only the current version is kept: every other is gone. */
export function readObject({ context, bucket, request }: OnBucket): ObjectSummary {
  if (request.query.has('partNumber')) throw notImplemented('Reading an object by its parts (partNumber)');
  const object = context.objects.find(bucket.id, request.key);
  const version = checkVersion(request.query.get('versionId'));
  if (version !== null && !isVersion({ bucket, object, version })) throw noSuchVersion(request.key, version);
  if (object === null) throw noSuchKey(request.key);
  return object;
}

/** A version id as somebody may have got it; another text is refused before it gets into an answer. */
export function checkVersion(version: string | null): string | null {
  if (version === null || /^[\w.]{1,64}$/.test(version)) return version;
  throw invalidArgument('Invalid version id specified', 'versionId', version);
}

export function isVersion(asked: {
  readonly bucket: OnBucket['bucket'];
  readonly object: ObjectSummary | null;
  readonly version: string;
}): boolean {
  const { bucket, object, version } = asked;
  if (object === null) return false;
  return version === (bucket.versioned ? versionId(bucket.name, object.key, object.revision) : 'null');
}
