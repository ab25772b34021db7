import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { OWNER, prefixElements } from '../wire/listAnswer.ts';
import { firstAfter, laterOf, list, nameEncoding, parseMaxKeys } from '../records/listing.ts';
import type { Upload } from '../records/uploads.ts';
import { xmlAnswer } from '../records/writeObject.ts';
import { timeText } from '../records/revision.ts';

/** The uploads of a key in the order of their beginnings; a page ends with a key and an upload of it. */
export function listMultipartUploads({ context, bucket, request }: OnBucket): HttpResponse {
  const { query } = request;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? ''); // S3 ignores it without a key
  const maxUploads = parseMaxKeys(request, 'max-uploads');
  const encode = nameEncoding(request);
  const uploads = afterUpload(context.uploads.list(bucket.id), keyMarker, idMarker);
  const start = firstAfter({ prefix, delimiter, after: keyMarker });
  const listing = list({
    prefix,
    delimiter,
    maxKeys: maxUploads,
    from: idMarker === '' ? start : laterOf(Buffer.from(keyMarker), Buffer.from(prefix)),
    read: (from, to) => uploads.filter(({ key }) => isWithin(Buffer.from(key), from, to)),
  });
  const last = listing.objects.at(-1);
  const head = [
    element('Bucket', bucket.name),
    element('KeyMarker', encode(keyMarker)),
    element('UploadIdMarker', idMarker),
    element('NextKeyMarker', listing.next === null ? null : encode(listing.next)),
    last === undefined || last.key !== listing.next ? '' : element('NextUploadIdMarker', last.id),
    element('Prefix', encode(prefix)),
    element('Delimiter', delimiter === '' ? null : encode(delimiter)),
    element('EncodingType', query.get('encoding-type')),
    element('MaxUploads', maxUploads),
    element('IsTruncated', listing.next !== null),
  ];
  const found = listing.objects.map((upload) => uploadElement(upload, encode));
  return xmlAnswer(
    'ListMultipartUploadsResult',
    [...head, ...found, prefixElements(listing.commonPrefixes, encode)].join(''),
  );
}

/** Without those of the marked key up to the marked one. */
function afterUpload(uploads: readonly Upload[], key: string, id: string): readonly Upload[] {
  const marked = uploads.findIndex((upload) => upload.key === key && upload.id === id);
  return uploads.filter((upload, index) => upload.key !== key || index > marked);
}

function isWithin(key: Buffer, from: Uint8Array, to: Uint8Array): boolean {
  return Buffer.compare(key, from) >= 0 && Buffer.compare(key, to) < 0;
}

function uploadElement(
  { key, id, started, attributes, algorithm, checksumType }: Upload,
  encode: (name: string) => string,
): string {
  const fields = [
    element('Key', encode(key)),
    element('UploadId', id),
    OWNER,
    element('StorageClass', attributes['x-amz-storage-class'] ?? 'STANDARD'),
    element('Initiated', timeText(started)),
    element('ChecksumAlgorithm', algorithm.toUpperCase()),
    element('ChecksumType', checksumType),
  ];
  return `<Upload>${fields.join('')}</Upload>`;
}
