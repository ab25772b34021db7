import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiDefinition } from '../appsync.ts';
import type { Clock } from '../../../ground/clock/clock.ts';

/** Tells whether a key is one of the API's and has not expired. Every key is compared, each in constant time. */
export function createKeyCheck(apiKeys: ApiDefinition['apiKeys'], clock: Clock): (given: string) => boolean {
  const known = apiKeys.map(({ key, expires }) => ({ digest: digest(key), expires: expires ?? Infinity }));
  return (given) => {
    const candidate = digest(given);
    const now = clock.now();
    return known.reduce(
      (found, { digest: own, expires }) => (timingSafeEqual(own, candidate) && expires > now) || found,
      false,
    );
  };
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
