import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';
import { jsonAnswer } from '../../../../wire/jsonAnswer.ts';
import { serveHandler } from '../../../support/serveHandler.ts';

export type Issuer = {
  readonly url: string;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** Signs with the newest key; `times` in seconds from now. */
  readonly sign: (claims?: JWTPayload, times?: Times) => Promise<string>;
  /** Gives up the old key and publishes a new one. */
  readonly rotate: () => Promise<void>;
  /** The public key that is published now. */
  readonly publicKey: () => JWK;
  readonly stop: () => Promise<void>;
};

export type Times = {
  readonly issuedAt?: number;
  readonly expiresIn?: number;
  readonly notBefore?: number;
  /** Stands in for the true now, in milliseconds. */
  readonly now?: number;
};

export const CLIENT = 'countersign-web';

/** An OpenID Connect issuer on this machine with discovery and keys, for as long as the test runs. */
export async function startIssuer(): Promise<Issuer> {
  let key = await newKey(1);
  let count = 1;
  let fetches = 0;
  const { endpoint: url, close: stop } = await serveHandler((port) => ({ path }) => {
    const issuer = `http://127.0.0.1:${port}`;
    if (path === '/.well-known/openid-configuration')
      return jsonAnswer(200, { issuer, jwks_uri: `${issuer}/keys` });
    if (path !== '/keys') return jsonAnswer(404, {});
    fetches += 1;
    return jsonAnswer(200, { keys: [key.published] });
  });
  onTestFinished(stop);
  return {
    url,
    fetches: () => fetches,
    sign: (claims = {}, times = {}) =>
      signed(key, { iss: url, aud: CLIENT, sub: 'sub-of-ada', ...claims }, times),
    rotate: async () => {
      count += 1;
      key = await newKey(count);
    },
    publicKey: () => key.published,
    stop,
  };
}

type Key = { readonly id: string; readonly privateKey: CryptoKey; readonly published: JWK };

async function newKey(number: number): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const id = `key-${number}`;
  return {
    id,
    privateKey,
    published: { ...(await exportJWK(publicKey)), kid: id, alg: 'ES256', use: 'sig' },
  };
}

function signed(key: Key, claims: JWTPayload, times: Times): Promise<string> {
  const now = Math.floor((times.now ?? Date.now()) / 1_000);
  const jwt = new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: key.id })
    .setIssuedAt(now + (times.issuedAt ?? 0))
    .setExpirationTime(now + (times.expiresIn ?? 3_600));
  return (times.notBefore === undefined ? jwt : jwt.setNotBefore(now + times.notBefore)).sign(key.privateKey);
}
