import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { keptValue } from '../../ground/store/meta.ts';
import type { Store } from '../../ground/store/store.ts';

export type SigningKey = {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly published: JSONWebKeySet;
};

const KEY_BITS = 2_048;

/** The development issuer's key: made once for a data folder and kept in it. RS256, as most issuers sign. */
export function loadSigningKey(store: Store): SigningKey {
  const pem = keptValue(
    store,
    'people/key',
    () =>
      generateKeyPairSync('rsa', {
        modulusLength: KEY_BITS,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }).privateKey,
  );
  const privateKey = createPrivateKey(pem);
  const { kty, n, e } = createPublicKey(privateKey).export({ format: 'jwk' });
  const id = createHash('sha256').update(String(n)).digest('base64url').slice(0, 16);
  return { id, privateKey, published: { keys: [{ kty, n, e, kid: id, alg: 'RS256', use: 'sig' }] } };
}
