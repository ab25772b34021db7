import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { parseAwsChunked, type ChunkedBody } from './awsChunked.ts';
import type { SignatureClaim } from './signatureClaim.ts';

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

/** Whether the marker in the place of the body's hash says that every chunk has a signature of its own. */
export function isSignedInChunks(payloadHash: string): boolean {
  return payloadHash.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
}

/**
 * Every chunk signs its own bytes and the signature before it; the first follows the request's.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function chunksAreSigned(body: Uint8Array | string, claim: SignatureClaim, key: KeyObject): boolean {
  const framed = parseAwsChunked(Buffer.from(body));
  if (framed === null) return true; // S3 itself refuses a body that is cut short, with another name
  let previous = claim.signature.toString('hex');
  const sign = (kind: string, hashes: string) =>
    createHmac('sha256', key)
      .update(`AWS4-HMAC-SHA256-${kind}\n${claim.timestamp}\n${claim.scope}\n${previous}\n${hashes}`)
      .digest('hex');
  for (const { data, signature } of framed.chunks) {
    if (sign('PAYLOAD', `${EMPTY_HASH}\n${sha256(data)}`) !== signature) return false;
    previous = signature;
  }
  const trailers = canonicalTrailers(framed);
  return trailers === '' || sign('TRAILER', sha256(trailers)) === framed.trailers.get(TRAILER_SIGNATURE);
}

function canonicalTrailers({ trailers }: ChunkedBody): string {
  return [...trailers]
    .filter(([name]) => name !== TRAILER_SIGNATURE)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
