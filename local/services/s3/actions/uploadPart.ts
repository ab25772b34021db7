import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { invalidRequest, notImplemented } from '../errors.ts';
import { parsePartNumber } from '../wire/partRange.ts';
import { verifiedBody } from '../wire/requestBody.ts';
import { uploadOf } from '../records/uploadOf.ts';

export function uploadPart(on: OnBucket): HttpResponse {
  const { context, request } = on;
  if (request.header('x-amz-copy-source') !== '') throw notImplemented('UploadPartCopy');
  const number = parsePartNumber(request.query.get('partNumber') ?? '');
  const upload = uploadOf(on);
  const { body, checksum } = verifiedBody(request);
  const given = checksum?.name ?? upload.algorithm;
  if (given !== upload.algorithm && upload.checksumType === 'COMPOSITE') {
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm}, actual checksum Type: ${given}`,
    );
  }
  const { etag } = context.store.transact(() => context.uploads.putPart(upload, number, body));
  const verified = checksum === null ? {} : { [`x-amz-checksum-${checksum.name}`]: checksum.value };
  return {
    status: 200,
    headers: { etag: `"${etag}"`, 'x-amz-server-side-encryption': 'AES256', ...verified },
    body: '',
  };
}
