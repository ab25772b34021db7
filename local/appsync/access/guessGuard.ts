import type { Clock } from '../../clock/clock.ts';
import { LIMITS } from '../limits.ts';

const WRONG_KEYS_A_MINUTE = LIMITS['wrong keys a minute'];
const MINUTE = 60_000;
const KEPT_ADDRESSES = 10_000;

/**
 * Twenty wrong API keys within a minute close an address for a minute. Only wrong keys count; while the address is
 * closed the right key is refused too, or guessing could go on unseen.
 */
export type GuessGuard = {
  readonly isClosed: (address: string) => boolean;
  readonly countWrongKey: (address: string) => void;
};

type Guesses = { since: number; wrong: number; closedUntil: number };

export function createGuessGuard(clock: Clock): GuessGuard {
  const byAddress = new Map<string, Guesses>();

  function guessesOf(address: string): Guesses {
    const known = byAddress.get(address);
    if (known !== undefined) return known;
    if (byAddress.size >= KEPT_ADDRESSES) byAddress.clear();
    const fresh = { since: clock.now(), wrong: 0, closedUntil: 0 };
    byAddress.set(address, fresh);
    return fresh;
  }

  return {
    isClosed: (address) => (byAddress.get(address)?.closedUntil ?? 0) > clock.now(),
    countWrongKey: (address) => {
      const guesses = guessesOf(address);
      const now = clock.now();
      if (now - guesses.since >= MINUTE) Object.assign(guesses, { since: now, wrong: 0 });
      guesses.wrong += 1;
      if (guesses.wrong >= WRONG_KEYS_A_MINUTE)
        Object.assign(guesses, { since: now, wrong: 0, closedUntil: now + MINUTE });
    },
  };
}
