import { headerText, type SignatureClaim } from './signatureClaim.ts';
import type { SignedRequest } from './signature.ts';

/** The text whose hash is signed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function canonicalRequest(request: SignedRequest, claim: SignatureClaim, payloadHash: string): string {
  const path = isS3(claim) ? singleEncoded(request.path) : doubleEncoded(request.path);
  const headers = claim.signedHeaders.map(
    (name) => `${name}:${headerText(request, name).replaceAll(/\s+/g, ' ')}\n`,
  );
  return [
    request.method,
    path,
    canonicalQuery(request.query, claim.expiresSeconds !== null),
    headers.join(''),
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** S3 signs paths and bodies in its own way. */
export function isS3({ service }: Pick<SignatureClaim, 'service'>): boolean {
  return service === 's3' || service.startsWith('s3-') || service === 's3express';
}

/** Node joins repeated headers with a comma and a space; their signer joined them with the comma alone. */
export function withoutSpacesAfterCommas(request: SignedRequest): SignedRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(/\s*,\s*/g, ',') : value,
    ]),
  );
  return { ...request, headers };
}

/** S3 signs the path as it is: keys are names of their own, also `a//b` and `../c`. */
function singleEncoded(path: string): string {
  return encode(decoded(path), true) || '/';
}

/** Other services normalise the path and encode what was sent once more. */
function doubleEncoded(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return encode(`/${segments.join('/')}${trailing}`, true);
}

function canonicalQuery(query: string, presigned: boolean): string {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '' && !(presigned && pair.startsWith('X-Amz-Signature=')))
    .map((pair): [string, string] => {
      const mark = pair.indexOf('=');
      const [name, value] = mark < 0 ? [pair, ''] : [pair.slice(0, mark), pair.slice(mark + 1)];
      return [recoded(name), recoded(value)];
    });
  return pairs
    .toSorted(([leftName, left], [rightName, right]) => order(leftName, rightName) || order(left, right))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function recoded(text: string): string {
  return encode(decoded(text.replaceAll('+', '%20')), false);
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not UTF-8: the signatures will differ, and that is the answer
  }
}

/** RFC 3986: everything but letters, digits, `-`, `.`, `_`, `~` (and the slash of a path). */
function encode(text: string, isPath: boolean): string {
  if (/^[A-Za-z0-9\-._~/]*$/.test(text)) return isPath ? text : text.replaceAll('/', '%2F');
  const encoded = encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return isPath ? encoded.replaceAll('%2F', '/') : encoded;
}
