import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { objectElements, OWNER, prefixElements } from '../wire/listAnswer.ts';
import { allVersions, type ListedVersion } from '../records/allVersions.ts';
import { firstAfter, laterOf, list, nameEncoding, parseMaxKeys } from '../records/listing.ts';
import { lastModified, revisionOf, timeText, versionId } from '../records/revision.ts';
import { xmlAnswer } from '../records/writeObject.ts';

type Encode = (name: string) => string;

/** Every version and delete marker, the newest of a key first; a page ends with a key and a version of it. */
export function listObjectVersions(on: OnBucket): HttpResponse {
  const { bucket, request } = on;
  const { query } = request;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const [keyMarker, versionMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''];
  const maxKeys = parseMaxKeys(request);
  const encode = nameEncoding(request);
  const isAfter = afterVersion(on, keyMarker, versionMarker);
  const start = firstAfter({ prefix, delimiter, after: keyMarker });
  const listing = list({
    prefix,
    delimiter,
    maxKeys,
    from: versionMarker === '' ? start : laterOf(Buffer.from(keyMarker), Buffer.from(prefix)),
    read: (from, to) => allVersions(on, { from, to, isAfter }),
  });
  const last = listing.objects.at(-1);
  const head = [
    element('Name', bucket.name),
    element('Prefix', encode(prefix)),
    element('KeyMarker', encode(keyMarker)),
    element('VersionIdMarker', versionMarker),
    element('NextKeyMarker', listing.next === null ? null : encode(listing.next)),
    last === undefined || last.key !== listing.next ? '' : element('NextVersionIdMarker', idOf(on, last)),
    element('MaxKeys', maxKeys),
    element('Delimiter', delimiter === '' ? null : encode(delimiter)),
    element('EncodingType', query.get('encoding-type')),
    element('IsTruncated', listing.next !== null),
  ];
  const versions = listing.objects.map((version) => versionElement(on, version, encode));
  return xmlAnswer(
    'ListVersionsResult',
    [...head, ...versions, prefixElements(listing.commonPrefixes, encode)].join(''),
  );
}

function afterVersion(
  { bucket }: OnBucket,
  key: string,
  version: string,
): (listed: ListedVersion) => boolean {
  if (version === '') return () => true;
  if (key === '') {
    const message = 'A version-id marker cannot be specified without a key marker.';
    throw invalidArgument(message, 'version-id-marker', version);
  }
  const revision = version === 'null' ? 0 : revisionOf(bucket.name, key, version);
  if (revision === null) throw invalidArgument('Invalid version id specified', 'version-id-marker', version);
  return (listed) => listed.key !== key || listed.revision < revision;
}

function idOf({ bucket }: OnBucket, { key, revision }: ListedVersion): string {
  return bucket.versioned ? versionId(bucket.name, key, revision) : 'null';
}

function versionElement(on: OnBucket, version: ListedVersion, encode: Encode): string {
  const identity = element('VersionId', idOf(on, version)) + element('IsLatest', version.isLatest);
  if (!version.isMarker) {
    return `<Version>${identity}${objectElements(version, encode, true)}</Version>`;
  }
  const modified = element('LastModified', timeText(lastModified(version)));
  return `<DeleteMarker>${element('Key', encode(version.key))}${identity}${modified}${OWNER}</DeleteMarker>`;
}
