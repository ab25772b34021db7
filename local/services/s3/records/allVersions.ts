import type { OnBucket } from '../bucket.ts';
import type { ObjectSummary } from './objectRow.ts';
import type { Version } from './versions.ts';

export type ListedVersion = Version & { readonly isLatest: boolean };

type Part = {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly isAfter: (version: ListedVersion) => boolean;
};

/** Current objects and what was before them, in the order of keys and the newest first: read as far as it is asked. */
export function* allVersions(on: OnBucket, { from, to, isAfter }: Part): Iterable<ListedVersion> {
  for (const version of merged(on, from, to)) if (isAfter(version)) yield version;
}

function* merged({ context, bucket }: OnBucket, from: Uint8Array, to: Uint8Array): Iterable<ListedVersion> {
  const { objects } = context;
  const currents = objects.list(bucket.id, from, to)[Symbol.iterator]();
  let lastKey: string | null = null;
  try {
    let current = currents.next();
    for (const version of objects.versions.list(bucket.id, from, to)) {
      for (; !current.done && isNotAfter(current.value.key, version.key); current = currents.next()) {
        yield latest(current.value);
        lastKey = current.value.key;
      }
      yield { ...version, isLatest: version.key !== lastKey };
      lastKey = version.key;
    }
    for (; !current.done; current = currents.next()) yield latest(current.value);
  } finally {
    currents.return?.();
  }
}

function latest(object: ObjectSummary): ListedVersion {
  return { ...object, isMarker: false, isLatest: true };
}

/** Keys sort as bytes, which is not how JavaScript compares text. */
function isNotAfter(left: string, right: string): boolean {
  return left === right || Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}
