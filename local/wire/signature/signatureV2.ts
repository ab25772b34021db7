import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import { REGION } from '../../ground/account.ts';
import type { Secret, SignedRequest, Verification } from './signature.ts';
import { basicFormat, headerText } from './signatureClaim.ts';
import {
  refuseOldToken,
  refuseTime,
  refused,
  unknownKey,
  wrongSignature,
  wrongToken,
} from './signatureRefusals.ts';

export type VerifierOptions = {
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly secrets: Pick<ReadonlyMap<string, Secret>, 'get'>;
};

/** What a request says of a signature of version 2; nothing in it is trusted yet. */
export type OlderClaim = {
  readonly accessKeyId: string;
  readonly signature: Buffer;
  /** When a presigned URL ends, in seconds since 1970, as it stands there; null for the header form. */
  readonly expires: string | null;
  readonly query: URLSearchParams;
};

/** Parts of S3 that a query names, and headers of the answer that it chooses: they are signed with the path. */
const SIGNED_PARAMETERS = new Set(
  [
    'accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics notification',
    'object-lock partNumber policy replication requestPayment restore select select-type storageClass tagging torrent',
    'uploadId uploads versionId versioning versions website response-cache-control response-content-disposition',
    'response-content-encoding response-content-language response-content-type response-expires',
  ].flatMap((line) => line.split(' ')),
);

/** Null for a request that does not carry such a signature. boto3 presigns URLs with it unless it is told otherwise. */
export function parseOlderClaim(request: SignedRequest): OlderClaim | null {
  const query = new URLSearchParams(request.query);
  const [, headerKey, headerSignature] =
    /^AWS ([^:\s]{1,128}):([A-Za-z0-9+/=]{1,100})$/.exec(headerText(request, 'authorization')) ?? [];
  const accessKeyId = headerKey ?? query.get('AWSAccessKeyId');
  const signature = headerSignature ?? query.get('Signature');
  if (!accessKeyId || !signature) return null;
  const expires = headerKey === undefined ? (query.get('Expires') ?? '') : null;
  return { accessKeyId, signature: Buffer.from(signature, 'base64'), expires, query };
}

/** Signature version 2 of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html */
export function verifyOlder(
  request: SignedRequest,
  claim: OlderClaim,
  options: VerifierOptions,
): Verification {
  const known = options.secrets.get(claim.accessKeyId);
  if (known === undefined) return unknownKey({ service: 's3' });
  if ((known.sessionToken ?? '') !== valueOf(request, claim, 'x-amz-security-token')) return wrongToken();
  const late =
    refuseOldToken({ service: 's3' }, known, options.clock) ??
    (claim.expires === null ? refuseDate(request, options) : refuseExpired(claim.expires, options));
  if (late !== null) return late;
  const isSigned = pathsOf(request).some((path) => {
    const text = textToSign({ ...request, path }, claim);
    return isSame(createHmac('sha1', known.secret).update(text).digest(), claim.signature);
  });
  if (!isSigned) return wrongSignature({ service: 's3' });
  return { ok: true, accessKeyId: claim.accessKeyId, service: 's3', region: REGION };
}

/** The path of a bucket is signed with a slash at its end, also by callers that send none. */
function pathsOf({ path }: SignedRequest): readonly string[] {
  return /^\/[^/]+$/.test(path) ? [`${path}/`, path] : [path];
}

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function textToSign(request: SignedRequest, claim: OlderClaim): string {
  const date = valueOf(request, claim, 'x-amz-date') === '' ? headerText(request, 'date') : '';
  return [
    request.method,
    valueOf(request, claim, 'content-md5'),
    valueOf(request, claim, 'content-type'),
    claim.expires ?? date,
    ...amzHeaders(request, claim),
    resourceOf(request, claim),
  ].join('\n');
}

function amzHeaders(request: SignedRequest, claim: OlderClaim): readonly string[] {
  const names = [...Object.keys(request.headers), ...claim.query.keys()].map((name) => name.toLowerCase());
  return [...new Set(names)]
    .filter((name) => name.startsWith('x-amz-'))
    .toSorted()
    .map((name) => `${name}:${valueOf(request, claim, name)}`);
}

/** A presigned URL carries what would be headers in its query. */
function valueOf(request: SignedRequest, { query, expires }: OlderClaim, name: string): string {
  const header = headerText(request, name);
  return header !== '' || expires === null ? header : (query.get(name) ?? '');
}

/** The path as it was sent, and the parts of the query that choose what it means. */
function resourceOf({ path }: SignedRequest, { query }: OlderClaim): string {
  const parameters = [...query]
    .filter(([name]) => SIGNED_PARAMETERS.has(name))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

type Refused = Extract<Verification, { readonly ok: false }>;

function refuseDate(request: SignedRequest, options: VerifierOptions): Refused | null {
  const date = Date.parse(headerText(request, 'x-amz-date') || headerText(request, 'date'));
  if (Number.isNaN(date)) {
    return refused('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  return refuseTime({ service: 's3', timestamp: basicFormat(date), expiresSeconds: null }, options);
}

function refuseExpired(expires: string, { clock, wallClock }: VerifierOptions): Refused | null {
  if (!/^\d{1,12}$/.test(expires)) {
    return refused('AccessDenied', `Invalid date (should be seconds since epoch): ${expires.slice(0, 40)}`);
  }
  const earliest = Math.min(clock.now(), wallClock.now());
  return earliest > Number(expires) * 1000 ? refused('AccessDenied', 'Request has expired') : null;
}
