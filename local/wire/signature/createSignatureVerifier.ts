import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { chunksAreSigned, isSignedInChunks } from './chunkSignatures.ts';
import type { Clock } from '../../ground/clock/clock.ts';
import { canonicalRequest, isS3, withoutSpacesAfterCommas } from './canonicalRequest.ts';
import type { Secret, SignedRequest, VerifySignature } from './signature.ts';
import {
  refuseOldToken,
  refuseTime,
  refuseUnsignedHeader,
  unknownKey,
  wrongBody,
  wrongSignature,
  wrongToken,
} from './signatureRefusals.ts';
import { parseOlderClaim, verifyOlder } from './signatureV2.ts';
import { headerText, parseSignatureClaim, type SignatureClaim } from './signatureClaim.ts';

export type SignatureVerifierOptions = {
  readonly clock: Clock;
  /** SDKs sign with the machine's time, also while tests have put the cloud's clock forward. */
  readonly wallClock: Clock;
  readonly secrets: Pick<ReadonlyMap<string, Secret>, 'get'>;
};

/** A key a day, region and service; callers choose the regions, so there is an end to it. */
const KEPT_SIGNING_KEYS = 200;
const REAL_HASH = /^[0-9a-f]{64}$/;
const UNSIGNED = 'UNSIGNED-PAYLOAD';
const PAYLOAD_MARKER = /^(?:UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/;

export function createSignatureVerifier(options: SignatureVerifierOptions): VerifySignature {
  const signingKeys = new Map<string, KeyObject>();

  function signingKey(
    { accessKeyId, scope, day, region, service }: SignatureClaim,
    secret: string,
  ): KeyObject {
    const name = `${accessKeyId}/${scope}`;
    const known = signingKeys.get(name);
    if (known !== undefined) return known;
    if (signingKeys.size >= KEPT_SIGNING_KEYS) signingKeys.clear();
    const bytes = [day, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`));
    const key = createSecretKey(bytes); // six times as quick to sign with as its bytes
    signingKeys.set(name, key);
    return key;
  }

  return (request) => {
    const older = parseOlderClaim(request);
    if (older !== null) return verifyOlder(request, older, options);
    const claim = parseSignatureClaim(request);
    if ('code' in claim) return { ok: false, ...claim };
    const known = options.secrets.get(claim.accessKeyId);
    if (known === undefined) return unknownKey(claim);
    if ((known.sessionToken ?? null) !== claim.sessionToken) return wrongToken();
    const late = refuseOldToken(claim, known, options.clock) ?? refuseTime(claim, options);
    if (late !== null) return late;
    const payloadHash = payloadHashOf(request, claim);
    const key = signingKey(claim, known.secret);
    if (!isSigned(request, claim, { key, payloadHash })) return wrongSignature(claim);
    if (!bodyMatches(request, claim, payloadHash)) return wrongBody();
    if (isSignedInChunks(payloadHash) && !chunksAreSigned(request.body, claim, key))
      return wrongSignature(claim);
    return (
      refuseUnsignedHeader(request, claim) ?? {
        ok: true,
        accessKeyId: claim.accessKeyId,
        service: claim.service,
        region: claim.region,
      }
    );
  };
}

type Signing = { readonly key: KeyObject; readonly payloadHash: string };

function isSigned(request: SignedRequest, claim: SignatureClaim, signing: Signing): boolean {
  return variants(request).some(([variant, encoding]) => {
    const canonical = canonicalRequest(variant, claim, signing.payloadHash);
    const canonicalHash = sha256(encoding === 'utf8' ? canonical : Buffer.from(canonical, encoding));
    const text = `AWS4-HMAC-SHA256\n${claim.timestamp}\n${claim.scope}\n${canonicalHash}`;
    return timingSafeEqual(hmac(signing.key, text), claim.signature);
  });
}

/**
 * The ways in which the same bytes on the wire may have been signed: repeated headers with or without the space
 * that Node puts between them, and header values that Node read as Latin-1 as the UTF-8 that they were.
 */
function variants(request: SignedRequest): readonly (readonly [SignedRequest, 'utf8' | 'latin1'])[] {
  const values = Object.values(request.headers).join('');
  const spaced: (readonly [SignedRequest, 'utf8' | 'latin1'])[] = [[request, 'utf8']];
  if (/,\s|\s,/.test(values)) spaced.push([withoutSpacesAfterCommas(request), 'utf8']);
  if (/[\u0080-\u00ff]/.test(values)) spaced.push(...spaced.map(([variant]) => [variant, 'latin1'] as const));
  return spaced;
}

function payloadHashOf(request: SignedRequest, claim: SignatureClaim): string {
  const given = isS3(claim) ? headerText(request, 'x-amz-content-sha256') || queryHash(request) : '';
  if (PAYLOAD_MARKER.test(given) || REAL_HASH.test(given)) return given;
  return isS3(claim) && claim.expiresSeconds !== null ? UNSIGNED : sha256(request.body);
}

function queryHash({ query }: SignedRequest): string {
  return /(?:^|&)X-Amz-Content-Sha256=([A-Za-z0-9-]+)/i.exec(query)?.[1] ?? '';
}

/** Other services' signatures cover the body that came; S3's cover what the header says of it. */
function bodyMatches(request: SignedRequest, claim: SignatureClaim, payloadHash: string): boolean {
  return !isS3(claim) || !REAL_HASH.test(payloadHash) || sha256(request.body) === payloadHash;
}

function sha256(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex');
}

function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
