import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Grant, Grants } from './grants.ts';
import { claimsOf, type Person } from './person.ts';
import type { SigningKey } from './signingKey.ts';

const TOKEN_SECONDS = 3_600;

export type TokenIssuer = {
  readonly issuer: string;
  readonly key: SigningKey;
  readonly grants: Grants;
  readonly clock: Clock;
};

/** The answer of the token endpoint: an id token and an access token of an hour, and a refresh token. */
export async function issueTokens(issuing: TokenIssuer, grant: Grant): Promise<unknown> {
  const { clientId, nonce } = grant;
  return {
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
    id_token: await signed(issuing, grant, {
      aud: clientId,
      token_use: 'id',
      ...(nonce === null ? {} : { nonce }),
    }),
    access_token: await signed(issuing, grant, { aud: clientId, client_id: clientId, token_use: 'access' }),
    refresh_token: issuing.grants.addRefreshToken(grant),
  };
}

function signed(
  { issuer, key, clock }: TokenIssuer,
  { person, authenticatedAt }: Grant,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const now = secondsOf(clock);
  return new SignJWT({ ...claimsOf(person), ...claims, auth_time: authenticatedAt })
    .setProtectedHeader({ alg: 'RS256', kid: key.id, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(subjectOf(person))
    .setIssuedAt(now)
    .setExpirationTime(now + TOKEN_SECONDS)
    .sign(key.privateKey);
}

/** The same for the same name, whatever the data folder. */
function subjectOf({ name }: Person): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** The time in tokens: seconds since 1970. */
export function secondsOf(clock: Clock): number {
  return Math.floor(clock.now() / 1_000);
}
