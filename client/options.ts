import { credentialOf, isHeader, type TokenSource } from './credentials.ts';
import { realtimeUrlOf } from './endpoints.ts';
import {
  PLATFORM_TIMERS,
  type Environment,
  type Fetch,
  type SocketConstructor,
  type Timers,
} from './environment.ts';

export type ClientOptions = Caller & {
  /** The GraphQL address: AppSync's own, a custom domain's, or the local cloud's. */
  readonly url: string;
  /** Where the realtime socket is, if it is not where AppSync has it for `url`. */
  readonly realtimeUrl?: string | undefined;
  /** Instead of the platform's. */
  readonly fetch?: Fetch | undefined;
  /** Instead of the platform's. Browsers and Node 22 have one; in Node 20 a watch needs that of the package `ws`. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** Instead of the platform's, for tests. */
  readonly timers?: Timers | undefined;
  /** From 0 up to 1, for the jitter of the waits between tries. */
  readonly random?: (() => number) | undefined;
};

/** An API key, a token, or both: then the key serves while nobody is signed in. */
type Caller =
  | { readonly apiKey: string; readonly token?: TokenSource | undefined }
  | {
      readonly apiKey?: undefined;
      /**
       * Answers the token of the person who is signed in, without `Bearer`, and null where nobody is. It is called
       * before every request and every connection, so it should keep a token while that is valid. The socket connects
       * anew with a fresh one before the `exp` of a JSON Web Token.
       */
      readonly token: TokenSource;
    };

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
    if (protocol.replace('s:', ':') === `${scheme}:` && username === '') return href;
  } catch {
    // It is not an address at all.
  }
  // What stands before an @ may be a password.
  const given = String(value).replace(/\/\/.*@/, '//…@');
  throw new TypeError(`${name} must begin with ${scheme}:// or ${scheme}s://; got ${given}.`);
}
