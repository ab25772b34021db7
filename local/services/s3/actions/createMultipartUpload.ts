import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { isChecksumName, type ChecksumName, type ChecksumType } from '../wire/checksums.ts';
import { headerNotImplemented, invalidArgument, invalidRequest } from '../errors.ts';
import { keptAttributes, writtenHeaders } from '../wire/objectHeaders.ts';
import type { S3Request } from '../wire/s3Request.ts';
import { xmlAnswer } from '../records/writeObject.ts';

const ALGORITHM = 'x-amz-checksum-algorithm';
const TYPE = 'x-amz-checksum-type';
/** Checksums of a whole can be made from those of its parts for cyclic redundancy checks only. */
const FULL_ONLY = new Set<ChecksumName>(['crc64nvme']);
const EITHER = new Set<ChecksumName>(['crc32', 'crc32c']);

export function createMultipartUpload({ context, bucket, request }: OnBucket): HttpResponse {
  const attributes = keptAttributes(request);
  const given = request.header(ALGORITHM).toLowerCase();
  const algorithm = given || 'crc64nvme';
  if (!isChecksumName(algorithm)) throw headerNotImplemented(ALGORITHM);
  const checksumType = parseType(request, algorithm);
  const upload = context.store.transact(() =>
    context.uploads.start({ bucket: bucket.id, key: request.key, attributes, algorithm, checksumType }),
  );
  const names = [element('Bucket', bucket.name), element('Key', request.key), element('UploadId', upload.id)];
  return xmlAnswer('InitiateMultipartUploadResult', names.join(''), {
    ...writtenHeaders(attributes),
    ...(given === '' ? {} : { [ALGORITHM]: given.toUpperCase(), [TYPE]: checksumType }),
  });
}

function parseType(request: S3Request, algorithm: ChecksumName): ChecksumType {
  const type = request.header(TYPE) || (FULL_ONLY.has(algorithm) ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw invalidArgument('Value for x-amz-checksum-type header is invalid.', TYPE, type);
  }
  const fits = EITHER.has(algorithm) || (type === 'FULL_OBJECT') === FULL_ONLY.has(algorithm);
  if (fits) return type;
  throw invalidRequest(
    `The ${type} checksum type cannot be used with the ${algorithm.toUpperCase()} checksum algorithm.`,
  );
}
