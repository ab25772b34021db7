import { isS3 } from './canonicalRequest.ts';
import { basicFormat, parseBasicFormat, type SignatureClaim } from './signatureClaim.ts';
import type { Clock } from '../../ground/clock/clock.ts';
import type { SignedRequest, Verification } from './signature.ts';

type Of = Pick<SignatureClaim, 'service'>;
type Timed = Pick<SignatureClaim, 'service' | 'timestamp' | 'expiresSeconds'>;
type Refused = Extract<Verification, { readonly ok: false }>;

const MINUTE = 60_000;
/** AWS lets a caller's clock differ by 15 minutes for S3 and by 5 for the other services. */
const S3_SKEW_MINUTES = 15;
const SKEW_MINUTES = 5;

/**
 * A caller reads the wall clock or, as functions do, the cloud's, which a test may put forward. An SDK adds what it saw
 * the clocks differ by earlier, or signed before they were put forward: its time may be any between the two.
 */
export function refuseTime(
  claim: Timed,
  { clock, wallClock }: { readonly clock: Clock; readonly wallClock: Clock },
): Refused | null {
  const clocks = [clock.now(), wallClock.now()];
  if (claim.expiresSeconds === null) return refuseSkew(claim, Math.min(...clocks), Math.max(...clocks));
  const refusals = clocks.map((now) => refuseExpired(claim, now));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

function refuseSkew(claim: Timed, earliest: number, latest: number): Refused | null {
  const minutes = isS3(claim) ? S3_SKEW_MINUTES : SKEW_MINUTES;
  const signedAt = parseBasicFormat(claim.timestamp);
  const now = Math.min(Math.max(signedAt, earliest), latest);
  const difference = signedAt - now;
  if (Math.abs(difference) <= minutes * MINUTE) return null;
  if (isS3(claim)) {
    return refused(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  const limit = basicFormat(now + Math.sign(difference || 1) * minutes * MINUTE);
  const reason =
    difference < 0
      ? `Signature expired: ${claim.timestamp} is now earlier than ${limit} (${basicFormat(now)} - ${minutes} min.)`
      : `Signature not yet current: ${claim.timestamp} is still later than ${limit} (${basicFormat(now)} + ${minutes} min.)`;
  return refused('RequestTimeTooSkewed', reason);
}

function refuseExpired({ timestamp, expiresSeconds }: Timed, now: number): Refused | null {
  const signedAt = parseBasicFormat(timestamp);
  if (signedAt > now + S3_SKEW_MINUTES * MINUTE) return refused('AccessDenied', 'Request is not yet valid');
  return now > signedAt + Number(expiresSeconds) * 1000
    ? refused('AccessDenied', 'Request has expired')
    : null;
}

/** S3 wants every x-amz- header signed, or somebody on the way could add a condition or a metadata. */
export function refuseUnsignedHeader(request: SignedRequest, claim: SignatureClaim): Refused | null {
  if (!isS3(claim)) return null;
  const unsigned = Object.keys(request.headers).some(
    (name) =>
      name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !claim.signedHeaders.includes(name),
  );
  return unsigned
    ? refused('AccessDenied', 'There were headers present in the request which were not signed')
    : null;
}

export function unknownKey(claim: Of): Refused {
  const reason = isS3(claim)
    ? 'The AWS Access Key Id you provided does not exist in our records.'
    : 'The security token included in the request is invalid.';
  return refused('UnrecognizedClientException', reason);
}

export function wrongToken(): Refused {
  return refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

/** Temporary credentials after their end. */
export function refuseOldToken(
  claim: Of,
  { expires }: { readonly expires?: number },
  clock: Clock,
): Refused | null {
  if (expires === undefined || clock.now() < expires) return null;
  const reason = isS3(claim)
    ? 'The provided token has expired.'
    : 'The security token included in the request is expired';
  return refused('ExpiredTokenException', reason);
}

export function wrongSignature(claim: Of): Refused {
  const advice = isS3(claim)
    ? 'Check your key and signing method.'
    : 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  return refused(
    'SignatureDoesNotMatch',
    `The request signature we calculated does not match the signature you provided. ${advice}`,
  );
}

export function wrongBody(): Refused {
  return refused(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

export function refused(code: Refused['code'], reason: string): Refused {
  return { ok: false, code, reason };
}
