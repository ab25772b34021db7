import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import { authorize, checkOwner } from '../policy/authorize.ts';
import type { OnBucket } from '../bucket.ts';
import { CHECKSUMS, checksumType, isChecksumName } from '../wire/checksums.ts';
import { headerNotImplemented, invalidArgument, invalidRequest, noSuchBucket, S3Error } from '../errors.ts';
import { checksumElement } from '../wire/listAnswer.ts';
import { keptAttributes, writtenHeaders } from '../wire/objectHeaders.ts';
import { type Attributes, PART_SIZES } from '../records/attributes.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { lastModified, timeText, versionId } from '../records/revision.ts';
import { checkCopySource } from '../wire/preconditions.ts';
import { readObject } from '../records/readObject.ts';
import type { S3Request } from '../wire/s3Request.ts';
import { writeObject, writtenObjectHeaders, xmlAnswer } from '../records/writeObject.ts';

export function copyObject(on: OnBucket): HttpResponse {
  const source = sourceOf(on);
  authorize(source, source.request.query.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject');
  const original = readSource(source);
  checkCopySource(on.request, original);
  const replaces = replacesMetadata(on.request);
  refuseCopyOnItself(on, source, replaces);
  const body = on.context.objects.body(original);
  const attributes = copiedAttributes(on.request, { original, body, replaces });
  const object = writeObject(on, { body, attributes }, 'CopyObject');
  const checksums = Object.entries(attributes).filter(([name]) => name.startsWith('x-amz-checksum-'));
  const result = [
    element('LastModified', timeText(lastModified(object))),
    element('ETag', `"${object.etag}"`),
    ...checksums.map(([name, value]) => element(checksumElement(name), value)),
    element('ChecksumType', 'FULL_OBJECT'),
  ];
  return xmlAnswer('CopyObjectResult', result.join(''), {
    ...Object.fromEntries(
      Object.entries(writtenHeaders(attributes)).filter(([name]) => !name.startsWith('x-amz-checksum-')),
    ),
    ...writtenObjectHeaders(on, object),
    ...(source.bucket.versioned
      ? { 'x-amz-copy-source-version-id': versionId(source.bucket.name, original.key, original.revision) }
      : {}),
  });
}

/** The source as a request of its own: `/bucket/key?versionId=…`, percent-encoded. */
function sourceOf({ context, request }: OnBucket): OnBucket {
  const header = request.header('x-amz-copy-source');
  const [, name, key, version] = /^\/?([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(header) ?? [];
  const [bucketName, decodedKey] = [decode(name), decode(key)];
  if (!bucketName || !decodedKey) {
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      header,
    );
  }
  const bucket = context.buckets.get(bucketName);
  if (bucket === undefined) throw noSuchBucket(bucketName);
  checkOwner(request, 'x-amz-source-expected-bucket-owner');
  const query = new URLSearchParams(version === undefined ? {} : { versionId: decode(version) ?? '' });
  return { context, bucket, request: { ...request, bucket: bucketName, key: decodedKey, query } };
}

function readSource(source: OnBucket): ObjectSummary {
  try {
    return readObject(source);
  } catch (error) {
    if (!(error instanceof S3Error) || error.type !== 'MethodNotAllowed') throw error;
    throw invalidRequest(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  }
}

function decode(text: string | undefined): string | null {
  try {
    return text === undefined ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

function replacesMetadata(request: S3Request): boolean {
  const directive = request.header('x-amz-metadata-directive') || 'COPY';
  if (directive === 'COPY' || directive === 'REPLACE') return directive === 'REPLACE';
  throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', directive);
}

function refuseCopyOnItself({ bucket, request }: OnBucket, source: OnBucket, replaces: boolean): void {
  if (request.header('x-amz-tagging-directive') === 'REPLACE')
    throw headerNotImplemented('x-amz-tagging-directive');
  const same =
    bucket === source.bucket && request.key === source.request.key && !source.request.query.has('versionId'); // an older version is brought back so
  const changes = ['x-amz-storage-class', 'x-amz-server-side-encryption'].some(
    (name) => request.header(name) !== '',
  );
  if (!same || replaces || changes) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

type Copied = { readonly original: ObjectSummary; readonly body: Uint8Array; readonly replaces: boolean };

function copiedAttributes(request: S3Request, { original, body, replaces }: Copied): Attributes {
  const given = keptAttributes(request);
  const { [PART_SIZES]: _, ...ofOriginal } = original.attributes; // a copy is made in one piece
  const kept = replaces ? checksumsOf(original) : { ...ofOriginal, ...chosen(given) };
  const algorithm = request.header('x-amz-checksum-algorithm').toLowerCase() || composite(original);
  if (algorithm === '') return replaces ? { ...given, ...kept } : kept;
  if (!isChecksumName(algorithm)) throw headerNotImplemented('x-amz-checksum-algorithm');
  const others = Object.entries(replaces ? given : kept).filter(
    ([name]) => !name.startsWith('x-amz-checksum-'),
  );
  return { ...Object.fromEntries(others), [`x-amz-checksum-${algorithm}`]: CHECKSUMS[algorithm](body) };
}

/** A copy is made in one piece: a checksum over parts says nothing of it, and another is made. */
function composite(original: ObjectSummary): string {
  const entries = Object.entries(checksumsOf(original));
  const [name = ''] = entries.find(([, value]) => checksumType(value) === 'COMPOSITE') ?? [];
  return name.slice('x-amz-checksum-'.length);
}

/** Class and encryption are the copy's own, whatever becomes of the metadata. */
function chosen(given: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => /^x-amz-(?:storage-class|server-side-encryption)/.test(name)),
  );
}

function checksumsOf({ attributes }: ObjectSummary): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name.startsWith('x-amz-checksum-')),
  );
}
