import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { expirationHeader } from '../lifecycle/lifecycle.ts';
import { objectHeaders } from '../wire/objectHeaders.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { partCount, partRange } from '../wire/partRange.ts';
import { lastModified } from '../records/revision.ts';
import { refuseOrNotModified } from '../wire/preconditions.ts';
import { parseRange, type Range } from '../wire/range.ts';
import { readObject } from '../records/readObject.ts';
import type { S3Request } from '../wire/s3Request.ts';
import { versionHeader } from '../records/writeObject.ts';

/** GetObject and HeadObject: the server leaves out the body of an answer to HEAD. */
export function getObject(on: OnBucket): HttpResponse {
  const { request, context } = on;
  const object = readObject(on);
  const identity = {
    etag: `"${object.etag}"`,
    'last-modified': new Date(lastModified(object)).toUTCString(),
    ...versionHeader(on, object),
  };
  if (refuseOrNotModified(request, object) === 'notModified')
    return { status: 304, headers: identity, body: '' };
  const range = askedRange(request, object);
  const headers = {
    ...objectHeaders(request, object),
    ...identity,
    ...partsHeader(request, object),
    ...expirationHeader(on.bucket, object),
  };
  const bytes = () => (request.method === 'HEAD' ? new Uint8Array() : context.objects.body(object));
  if (range === null) {
    return { status: 200, headers: { ...headers, 'content-length': String(object.size) }, body: bytes() };
  }
  const { first, last } = range;
  return {
    status: 206,
    headers: {
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'))),
      'content-length': String(last - first + 1),
      'content-range': `bytes ${first}-${last}/${object.size}`,
    },
    body: bytes().subarray(first, last + 1),
  };
}

function askedRange(request: S3Request, object: ObjectSummary): Range | null {
  const isWhole = object.size === 0 || !request.query.has('partNumber');
  return isWhole ? parseRange(request.header('range'), object.size) : partRange(request, object);
}

function partsHeader({ query }: S3Request, object: ObjectSummary): Record<string, string> {
  const count = query.has('partNumber') ? partCount(object) : null;
  return count === null ? {} : { 'x-amz-mp-parts-count': String(count) };
}
