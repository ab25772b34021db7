import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
} from 'jose';
import type { Clock } from '../../../ground/clock/clock.ts';
import type { SignedInCaller } from './caller.ts';
import type { IssuerKeys } from './createIssuerKeys.ts';
import type { TokenProvider } from './tokenProvider.ts';

/** An issuer of the local cloud's own, which stands in for the issuers that the template names. */
export type StandInIssuer = {
  readonly issuer: string;
  readonly keys: () => ReturnType<IssuerKeys['keysOf']>;
};

export type TokenCheckOptions = {
  readonly providers: readonly TokenProvider[];
  readonly issuerKeys: IssuerKeys;
  readonly standIn: StandInIssuer | null;
  readonly clock: Clock;
};

export type TokenCheck = (
  token: string,
) => Promise<
  { readonly ok: true; readonly caller: SignedInCaller } | { readonly ok: false; readonly message: string }
>;

/**
 * AppSync's words. "Unable to parse JWT token.": aws/aws-appsync-community issue 198, also for a token behind
 * "Bearer"; "Unauthorized": issue 115 there, for a client that the expression does not allow.
 */
const UNPARSABLE = { ok: false, message: 'Unable to parse JWT token.' } as const;
const EXPIRED = { ok: false, message: 'Token has expired.' } as const;
const REFUSED = { ok: false, message: 'Unauthorized' } as const;

/** Public-key algorithms only: with HS256 an issuer's public key would be a secret that everyone has. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const MAX_TOKEN_CHARACTERS = 16_384;
/** Clocks of issuers may be this far ahead of ours. An expired token is never accepted. */
const CLOCK_SKEW_SECONDS = 30;

/** Identifies the person behind a token: signature, issuer, client, times and, for a user pool, the token's use are checked. */
export function createTokenCheck(options: TokenCheckOptions): TokenCheck {
  return async (token) => {
    const claimed = parseToken(token);
    if (claimed === null) return UNPARSABLE;
    const { standIn, providers, issuerKeys, clock } = options;
    const isStandIn = standIn !== null && claimed.issuer === standIn.issuer;
    const provider = providers.find(({ issuer }) => isStandIn || issuer === claimed.issuer);
    if (provider === undefined || !ALGORITHMS.includes(claimed.algorithm)) return REFUSED;
    const keys = isStandIn ? await standIn.keys() : await issuerKeys.keysOf(provider, claimed.keyId);
    if (keys === null) return REFUSED;
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        algorithms: ALGORITHMS,
        issuer: claimed.issuer,
        currentDate: new Date(clock.now()),
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      return verdict(provider, payload, clock.now());
    } catch (error) {
      return error instanceof errors.JWTExpired ? EXPIRED : REFUSED;
    }
  };
}

type Claimed = { readonly issuer: string; readonly keyId: string; readonly algorithm: string };

/** What a token says of itself, before anything of it is believed. */
function parseToken(token: string): Claimed | null {
  if (token.length > MAX_TOKEN_CHARACTERS) return null;
  try {
    const { alg = '', kid = '' } = decodeProtectedHeader(token);
    return { issuer: decodeJwt(token).iss ?? '', keyId: kid, algorithm: alg };
  } catch {
    return null;
  }
}

function verdict(provider: TokenProvider, claims: JWTPayload, now: number): Awaited<ReturnType<TokenCheck>> {
  const { exp = 0, iat = 0, iss: issuer = '' } = claims;
  if (exp * 1_000 <= now) return EXPIRED;
  if (iat * 1_000 > now + CLOCK_SKEW_SECONDS * 1_000) return REFUSED;
  if (!isForClient(provider, claims)) return REFUSED;
  if (provider.mode === 'AMAZON_COGNITO_USER_POOLS') {
    const { token_use: use, 'cognito:groups': groups } = claims;
    if (use !== 'id' && use !== 'access') return REFUSED;
    return {
      ok: true,
      caller: {
        mode: provider.mode,
        issuer,
        claims,
        groups: textsOf(groups),
        defaultAction: provider.defaultAction,
      },
    };
  }
  const authenticatedAt = typeof claims['auth_time'] === 'number' ? claims['auth_time'] : null;
  if (isOlder(iat, provider.iatTtl, now) || isOlder(authenticatedAt, provider.authTtl, now)) return EXPIRED;
  return { ok: true, caller: { mode: provider.mode, issuer, claims } };
}

/** A limit without the time that it counts from refuses the token. */
function isOlder(since: number | null, ttl: number | null, now: number): boolean {
  return ttl !== null && ttl > 0 && (since === null || since * 1_000 + ttl <= now);
}

/** The client is in `aud` or `azp`; an access token of Cognito has it in `client_id`. */
function isForClient({ clientId, mode }: TokenProvider, claims: JWTPayload): boolean {
  if (clientId === null) return true;
  const named = mode === 'OPENID_CONNECT' ? [claims.aud, claims['azp']] : [claims.aud, claims['client_id']];
  const expression = new RegExp(`^(?:${clientId})$`);
  return named.flat().some((client) => typeof client === 'string' && expression.test(client));
}

function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null;
}
