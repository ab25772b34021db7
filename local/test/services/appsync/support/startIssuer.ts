import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';

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
  const server: Server = createServer((request, response) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration')
      return response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
    if (request.url !== '/keys') return response.writeHead(404).end('{}');
    fetches += 1;
    return response.end(JSON.stringify({ keys: [key.published] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
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
