/** What a connection waits for. */
export type Wait =
  'acknowledge' | 'silence' | 'timeout' | 'stable' | 'retry' | 'again' | 'linger' | 'renewal';

/** AWS's own clients wait as long for an acknowledgement. */
export const MAX_ACKNOWLEDGE_MILLISECONDS = 15_000;
/** The service sends a keep-alive every 60 s. */
export const MAX_SILENCE_MILLISECONDS = 65_000;
export const DEFAULT_TIMEOUT_MILLISECONDS = 300_000;
/** A connection that has lasted as long was no false start: the next wait is a short one again. */
export const MIN_STABLE_MILLISECONDS = 5000;
/** A program that leaves one order for the next keeps the socket. */
export const MAX_LINGER_MILLISECONDS = 1000;
/** A fresh credential is asked for so long before the old one expires. */
const RENEWAL_MILLISECONDS = 60_000;
/** The longest wait that the platforms' timers know. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** How long a credential that expires then is kept: until shortly before. Null where it has expired. */
export function renewalWait(expiresAt: number, now: number): number | null {
  const left = expiresAt - now;
  if (left <= 0) return null;
  // Near its end a token that did not change is kept until it expires, so that renewing it cannot spin.
  const wait = left > 2 * RENEWAL_MILLISECONDS ? left - RENEWAL_MILLISECONDS : left;
  return Math.min(wait, MAX_TIMER_MILLISECONDS);
}
