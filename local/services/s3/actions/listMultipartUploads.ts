import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { OWNER } from '../wire/listAnswer.ts';
import type { Upload } from '../records/uploads.ts';
import { xmlAnswer } from '../records/writeObject.ts';
import { timeText } from '../records/revision.ts';

/** All of them in one page. */
export function listMultipartUploads({ context, bucket, request }: OnBucket): HttpResponse {
  const prefix = request.query.get('prefix') ?? '';
  const uploads = context.uploads.list(bucket.id).filter(({ key }) => key.startsWith(prefix));
  const head = [
    element('Bucket', bucket.name),
    element('KeyMarker', ''),
    element('Prefix', prefix),
    element('MaxUploads', uploads.length),
    element('IsTruncated', false),
  ];
  return xmlAnswer('ListMultipartUploadsResult', [...head, ...uploads.map(uploadElement)].join(''));
}

function uploadElement({ key, id, started, attributes, algorithm, checksumType }: Upload): string {
  const fields = [
    element('Key', key),
    element('UploadId', id),
    OWNER,
    element('StorageClass', attributes['x-amz-storage-class'] ?? 'STANDARD'),
    element('Initiated', timeText(started)),
    element('ChecksumAlgorithm', algorithm.toUpperCase()),
    element('ChecksumType', checksumType),
  ];
  return `<Upload>${fields.join('')}</Upload>`;
}
