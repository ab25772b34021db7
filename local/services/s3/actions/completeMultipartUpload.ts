import { createHash } from 'node:crypto';
import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import { PART_SIZES } from '../records/attributes.ts';
import type { OnBucket } from '../bucket.ts';
import { CHECKSUMS } from '../wire/checksums.ts';
import { badDigest, invalidRequest } from '../errors.ts';
import { checksumElement } from '../wire/listAnswer.ts';
import { namedParts } from '../wire/namedParts.ts';
import { writtenHeaders } from '../wire/objectHeaders.ts';
import type { S3Request } from '../wire/s3Request.ts';
import { uploadOf } from '../records/uploadOf.ts';
import type { Part, Upload } from '../records/uploads.ts';
import { writtenObjectHeaders, writeObject, xmlAnswer } from '../records/writeObject.ts';

/** Joins the parts that the caller names, if its conditions hold: one transaction, after which the upload is gone. */
export function completeMultipartUpload(on: OnBucket): HttpResponse {
  const { context, bucket, request } = on;
  const upload = uploadOf(on);
  const parts = namedParts(request.body.toString('utf8'), upload, context.uploads.parts(upload.id));
  const body = Buffer.concat(parts.map(({ number }) => context.uploads.partBody(upload.id, number)));
  const header = `x-amz-checksum-${upload.algorithm}`;
  const value = checksumOf(upload, parts, body);
  checkWhole(request, { header, value, size: body.byteLength });
  const sizes = parts.map(({ size }) => size).join(',');
  const attributes = { ...upload.attributes, [header]: value, [PART_SIZES]: sizes };
  const object = context.store.transact(() => {
    context.uploads.remove(upload.id);
    return writeObject(on, { body, attributes, etag: etagOf(parts) }, 'CompleteMultipartUpload');
  });
  const result = [
    element('Location', locationOf(on)),
    element('Bucket', bucket.name),
    element('Key', request.key),
    element('ETag', `"${object.etag}"`),
    element(checksumElement(header), value),
    element('ChecksumType', upload.checksumType),
  ];
  return xmlAnswer('CompleteMultipartUploadResult', result.join(''), {
    ...writtenHeaders(upload.attributes),
    ...writtenObjectHeaders(on, object),
  });
}

/** Of the whole, or of the checksums of the parts, with their number. */
function checksumOf({ algorithm, checksumType }: Upload, parts: readonly Part[], body: Buffer): string {
  const sum = CHECKSUMS[algorithm];
  if (checksumType === 'FULL_OBJECT') return sum(body);
  const sums = Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum, 'base64')));
  return `${sum(sums)}-${parts.length}`;
}

type Whole = { readonly header: string; readonly value: string; readonly size: number };

function checkWhole({ header }: S3Request, whole: Whole): void {
  const given = header(whole.header);
  if (given !== '' && given.replace(/-\d+$/, '') !== whole.value.replace(/-\d+$/, '')) {
    const name = whole.header.slice('x-amz-checksum-'.length).toUpperCase();
    throw badDigest(`The ${name} you specified did not match the calculated checksum.`);
  }
  const size = header('x-amz-mp-object-size');
  if (size === '' || Number(size) === whole.size) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${whole.size}`,
  );
}

/** The MD5 of the parts' MD5s, and how many there are. */
function etagOf(parts: readonly Part[]): Buffer {
  const hash = createHash('md5').update(Buffer.from(parts.map(({ etag }) => etag).join(''), 'hex'));
  const count = Buffer.alloc(2);
  count.writeUInt16BE(parts.length);
  return Buffer.concat([hash.digest(), count]);
}

function locationOf({ bucket, request }: OnBucket): string {
  const path = encodeURIComponent(request.key).replaceAll('%2F', '/');
  return `http://${request.header('host')}/${bucket.name}/${path}`;
}
