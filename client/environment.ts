import type { Credential } from './credentials.ts';
import type { Fetch, SocketConstructor, Timers } from './platform.ts';

/** Everything that the client takes from outside. */
export type Environment = {
  readonly url: string;
  readonly realtimeUrl: string;
  readonly credential: () => Promise<Credential>;
  readonly fetch: Fetch;
  /** Undefined on a platform without one: then only a watch fails. */
  readonly WebSocket: SocketConstructor | undefined;
  readonly timers: Timers;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
};

/** A platform with a WebSocket. */
export type RealtimeEnvironment = Environment & { readonly WebSocket: SocketConstructor };

export const PLATFORM_TIMERS: Timers = {
  now: Date.now,
  setTimeout: (act, milliseconds) => setTimeout(act, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer as number),
};

const FIRST_WAIT_MILLISECONDS = 400;
const MAX_WAIT_MILLISECONDS = 20_000;

/** How long to wait before try number `attempt`, counted from 0: doubled each time, with half of it at random. */
export function backoff(attempt: number, random: () => number): number {
  const longest = Math.min(MAX_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** attempt);
  return longest * (0.5 + random() / 2);
}
