import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { uploadOf } from '../records/uploadOf.ts';
import type { ChecksumName } from '../wire/checksums.ts';
import { checksumElement, OWNER } from '../wire/listAnswer.ts';
import type { Part } from '../records/uploads.ts';
import { xmlAnswer } from '../records/writeObject.ts';
import { timeText } from '../records/revision.ts';

const MAX_PARTS = 1000;

/** Pages by the number of the last part. */
export function listParts(on: OnBucket): HttpResponse {
  const { bucket, context, request } = on;
  const { id, algorithm, checksumType } = uploadOf(on);
  const after = Number(request.query.get('part-number-marker') ?? 0) || 0;
  const limit = Math.min(Number(request.query.get('max-parts') ?? MAX_PARTS) || MAX_PARTS, MAX_PARTS);
  const parts = context.uploads.parts(id).filter(({ number }) => number > after);
  const page = parts.slice(0, limit);
  const isTruncated = parts.length > page.length;
  const head = [
    element('Bucket', bucket.name),
    element('Key', request.key),
    element('UploadId', id),
    element('PartNumberMarker', after),
    element('NextPartNumberMarker', page.at(-1)?.number ?? after),
    element('MaxParts', limit),
    element('IsTruncated', isTruncated),
    element('StorageClass', 'STANDARD'),
    element('ChecksumAlgorithm', algorithm.toUpperCase()),
    element('ChecksumType', checksumType),
    OWNER,
  ];
  return xmlAnswer(
    'ListPartsResult',
    [...head, ...page.map((part) => partElement(part, algorithm))].join(''),
  );
}

function partElement({ number, etag, size, modified, checksum }: Part, algorithm: ChecksumName): string {
  const fields = [
    element('PartNumber', number),
    element('LastModified', timeText(modified)),
    element('ETag', `"${etag}"`),
    element('Size', size),
    element(checksumElement(`x-amz-checksum-${algorithm}`), checksum),
  ];
  return `<Part>${fields.join('')}</Part>`;
}
