import { createHash } from 'node:crypto';
import { parseAwsChunked } from '../../../wire/signature/awsChunked.ts';
import { type ChecksumName, CHECKSUMS, isChecksumName } from './checksums.ts';
import { badDigest, headerNotImplemented, invalidRequest, S3Error } from '../errors.ts';
import type { S3Request } from './s3Request.ts';

export type VerifiedBody = {
  readonly body: Buffer;
  /** The checksum that the caller gave; null when there was none. */
  readonly checksum: { readonly name: ChecksumName; readonly value: string } | null;
};

const CHECKSUM_HEADER = /^x-amz-checksum-([a-z0-9]+)$/;
/** Not values of checksums: what a caller says about them. */
const CHECKSUM_OPTIONS = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/** The body without its framing, once everything that the request says of it is true. */
export function verifiedBody(request: S3Request): VerifiedBody {
  const { body, trailers } = unframed(request);
  verifyMd5(request, body);
  const given = givenChecksum(request, trailers);
  if (given === null) return { body, checksum: null };
  const { name, value } = given;
  if (
    Buffer.from(value, 'base64').toString('base64') !== value ||
    value.length !== CHECKSUMS[name](EMPTY).length
  ) {
    throw invalidRequest(`Value for x-amz-checksum-${name} header is invalid.`);
  }
  if (CHECKSUMS[name](body) !== value) {
    throw badDigest(`The ${name.toUpperCase()} you specified did not match the calculated checksum.`);
  }
  return { body, checksum: given };
}

const EMPTY = new Uint8Array();
const NO_TRAILERS: ReadonlyMap<string, string> = new Map();

function unframed(request: S3Request): {
  readonly body: Buffer;
  readonly trailers: ReadonlyMap<string, string>;
} {
  if (!request.header('x-amz-content-sha256').startsWith('STREAMING-')) {
    // S3 wants to know the length of a body before it comes.
    if (request.header('transfer-encoding') !== '') throw headerNotImplemented('Transfer-Encoding');
    return { body: request.body, trailers: NO_TRAILERS };
  }
  const framed = parseAwsChunked(request.body);
  if (framed === null) throw incompleteBody();
  const body = Buffer.concat(framed.chunks.map(({ data }) => data));
  if (Number(request.header('x-amz-decoded-content-length')) !== body.length) throw incompleteBody();
  const announced = request.header('x-amz-trailer').toLowerCase();
  if (announced !== '' && !framed.trailers.has(announced)) throw malformedTrailer();
  return { body, trailers: framed.trailers };
}

function verifyMd5(request: S3Request, body: Buffer): void {
  const given = request.header('content-md5');
  if (given === '') return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', { status: 400 });
  }
  if (createHash('md5').update(body).digest('base64') !== given) {
    throw badDigest('The Content-MD5 you specified did not match what we received.');
  }
}

function givenChecksum(request: S3Request, trailers: ReadonlyMap<string, string>): VerifiedBody['checksum'] {
  const names = [...request.headerNames, ...trailers.keys()].filter(
    (name) => CHECKSUM_HEADER.test(name) && !CHECKSUM_OPTIONS.has(name),
  );
  if (names.length > 1) {
    throw invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [header] = names;
  const announced = request.header('x-amz-sdk-checksum-algorithm').toLowerCase();
  if (header === undefined) {
    if (announced === '') return null;
    throw invalidRequest(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  const name = CHECKSUM_HEADER.exec(header)?.[1] ?? '';
  if (!isChecksumName(name)) throw headerNotImplemented(header);
  if (announced !== '' && announced !== name) {
    throw invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
  return { name, value: trailers.get(header) ?? request.header(header) };
}

function incompleteBody(): S3Error {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
  return new S3Error('IncompleteBody', message, { status: 400 });
}

function malformedTrailer(): S3Error {
  const message =
    'The request contained trailing data that was not well-formed or did not conform to our published schema.';
  return new S3Error('MalformedTrailerError', message, { status: 400 });
}
