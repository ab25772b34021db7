import { credentialOf, isHeader } from './credentials.ts';
import { realtimeUrlOf } from './endpoints.ts';
import { PLATFORM_TIMERS, type Environment } from './environment.ts';
import type { ClientOptions } from './options.ts';

/** @throws TypeError where an argument cannot work; the message names it. */
export function parseOptions(options: ClientOptions): Environment {
  const { apiKey, token } = options;
  const url = parseUrl('url', options.url, 'http');
  // The key is a secret: the message does not show it.
  if (apiKey === undefined ? token === undefined : !isHeader(apiKey))
    throw new TypeError('apiKey must be visible ASCII characters only.');
  if (token !== undefined && typeof token !== 'function') throw new TypeError('token must be a function.');
  return {
    url,
    realtimeUrl:
      options.realtimeUrl === undefined
        ? realtimeUrlOf(url)
        : parseUrl('realtimeUrl', options.realtimeUrl, 'ws'),
    credential: () => credentialOf(apiKey, token),
    fetch: options.fetch ?? fetch,
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    timers: options.timers ?? PLATFORM_TIMERS,
    random: options.random ?? Math.random,
  };
}

function parseUrl(name: string, value: unknown, scheme: 'http' | 'ws'): string {
  try {
    const { href, protocol, username } = new URL(String(value));
    if ([`${scheme}:`, `${scheme}s:`].includes(protocol) && username === '') return href;
  } catch {
    // It is not an address at all.
  }
  // What stands before an @ may be a password.
  const given = String(value).replace(/\/\/.*@/, '//…@');
  throw new TypeError(`${name} must begin with ${scheme}:// or ${scheme}s://; got ${given}.`);
}
