import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Person } from './person.ts';

/** What a signed-in person's client may exchange for tokens. */
export type Grant = {
  readonly person: Person;
  readonly clientId: string;
  readonly nonce: string | null;
  /** When the person signed in, in seconds since 1970. */
  readonly authenticatedAt: number;
};

export type CodeGrant = Grant & { readonly redirectUri: string; readonly challenge: string };

export type Grants = {
  readonly addCode: (grant: CodeGrant) => string;
  /** Null for a code that is unknown, used, older than a minute, or shown with another client, address or verifier. */
  readonly takeCode: (code: string, shown: CodeProof) => Grant | null;
  readonly addRefreshToken: (grant: Grant) => string;
  /** A refresh token serves once. */
  readonly takeRefreshToken: (token: string, clientId: string) => Grant | null;
};

export type CodeProof = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string;
};

const CODE_MILLISECONDS = 60_000;
const MAX_GRANTS = 1_000;

/** Codes and refresh tokens, in memory: after a restart people sign in again. */
export function createGrants(clock: Clock): Grants {
  const codes = new Map<string, { readonly grant: CodeGrant; readonly until: number }>();
  const refreshTokens = new Map<string, Grant>();
  return {
    addCode: (grant) => added(codes, { grant, until: clock.now() + CODE_MILLISECONDS }),
    takeCode: (code, { clientId, redirectUri, verifier }) => {
      const known = taken(codes, code);
      if (known === null || known.until <= clock.now()) return null;
      const { grant } = known;
      const isSame = grant.clientId === clientId && grant.redirectUri === redirectUri;
      return isSame && grant.challenge === challengeOf(verifier) ? grant : null;
    },
    addRefreshToken: (grant) => added(refreshTokens, grant),
    takeRefreshToken: (token, clientId) => {
      const grant = taken(refreshTokens, token);
      return grant?.clientId === clientId ? grant : null;
    },
  };
}

/** PKCE's S256 (RFC 7636, section 4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function added<Value>(values: Map<string, Value>, value: Value): string {
  const [oldest] = values.keys();
  if (values.size >= MAX_GRANTS && oldest !== undefined) values.delete(oldest);
  const secret = randomBytes(32).toString('base64url');
  values.set(secret, value);
  return secret;
}

function taken<Value>(values: Map<string, Value>, secret: string): Value | null {
  const value = values.get(secret) ?? null;
  values.delete(secret);
  return value;
}
