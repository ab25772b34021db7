import type { HttpRequest } from '../../../wire/httpMessage.ts';
import type { Principal } from '../../sts/sts.ts';
import { invalidArgument, S3Error } from '../errors.ts';

/** A request as S3 reads it: path style, with the key decoded. */
export type S3Request = {
  readonly id: string;
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** A header by its lower-case name; empty when it is absent. */
  readonly header: (name: string) => string;
  readonly headerNames: readonly string[];
  readonly body: Buffer;
  readonly remoteAddress: string;
  readonly presigned: boolean;
  readonly caller: Principal;
};

/** What a request does not say itself. */
export type Received = Pick<S3Request, 'id' | 'caller'>;

const MAX_KEY_BYTES = 1024;

export function parseS3Request(request: HttpRequest, received: Received): S3Request {
  const query = new URLSearchParams(request.query);
  const presigned = query.has('X-Amz-Signature') || query.has('AWSAccessKeyId');
  const headers = presigned ? withQueryHeaders(request.headers, query) : request.headers;
  const [, bucket = '', key = ''] = /^\/([^/]*)(?:\/([\s\S]*))?$/.exec(request.path) ?? [];
  return {
    ...received,
    method: request.method,
    bucket: decodePart(bucket),
    key: checkKey(decodePart(key)),
    query,
    header: (name) => headerOf(headers, name),
    headerNames: Object.keys(headers),
    body: request.body,
    remoteAddress: request.remoteAddress.replace(/^::ffff:/, ''),
    presigned,
  };
}

/** A presigned URL carries its headers in the query; what could not be a header is refused. */
function withQueryHeaders(headers: HttpRequest['headers'], query: URLSearchParams): HttpRequest['headers'] {
  const hoisted = [...query]
    .filter(([name]) => /^(?:x-amz-|content-(?:type|md5)$)/i.test(name))
    .map(([name, value]) => {
      if (/^[\w-]+$/.test(name) && !/\p{Cc}/u.test(value)) {
        return [name.toLowerCase(), Buffer.from(value).toString('latin1')] as const;
      }
      throw invalidArgument('A query parameter is not a valid header.', name, value);
    });
  return { ...Object.fromEntries(hoisted), ...headers };
}

function headerOf(headers: HttpRequest['headers'], name: string): string {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", {
      status: 400,
      elements: { URI: text },
    });
  }
}

export function checkKey(key: string): string {
  const bytes = Buffer.byteLength(key);
  if (bytes <= MAX_KEY_BYTES) return key;
  throw new S3Error('KeyTooLongError', 'Your key is too long', {
    status: 400,
    elements: { Size: String(bytes), MaxSizeAllowed: String(MAX_KEY_BYTES) },
  });
}
