import type { Fetch, SocketConstructor, Timers, TokenSource } from './platform.ts';

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

/** An API key, a token, or both: then the key serves until a person signs in. */
type Caller =
  | { readonly apiKey: string; readonly token?: TokenSource | undefined }
  | {
      readonly apiKey?: undefined;
      /**
       * Answers the token of the person who is signed in, without `Bearer`, and null while signed out. It is called
       * before every request and every connection, so it should keep a token while that is valid. The socket connects
       * anew with a fresh one before the `exp` of a JSON Web Token.
       */
      readonly token: TokenSource;
    };
