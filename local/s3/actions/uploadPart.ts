import type { HttpResponse } from '../../http/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { invalidArgument, invalidRequest, notImplemented } from '../errors.ts';
import { verifiedBody } from '../requestBody.ts';
import { uploadOf } from '../uploadOf.ts';

const MOST_PARTS = 10_000;

export function uploadPart(on: OnBucket): HttpResponse {
  const { context, request } = on;
  if (request.header('x-amz-copy-source') !== '') throw notImplemented('UploadPartCopy');
  const number = parseNumber(request.query.get('partNumber') ?? '');
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

function parseNumber(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= MOST_PARTS) return Number(text);
  const message = `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`;
  throw invalidArgument(message, 'partNumber', text);
}
