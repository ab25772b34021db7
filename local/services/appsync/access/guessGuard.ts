import type { Clock } from '../../../ground/clock/clock.ts';
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

/** When the latest wrong keys came, and until when nobody is listened to. */
type Guesses = { wrong: readonly number[]; closedUntil: number };

export function createGuessGuard(clock: Clock): GuessGuard {
  const byAddress = new Map<string, Guesses>();

  function guessesOf(address: string): Guesses {
    const known = byAddress.get(address);
    if (known !== undefined) return known;
    if (byAddress.size >= KEPT_ADDRESSES) byAddress.clear();
    const fresh = { wrong: [], closedUntil: 0 };
    byAddress.set(address, fresh);
    return fresh;
  }

  return {
    isClosed: (address) => (byAddress.get(address)?.closedUntil ?? 0) > clock.now(),
    countWrongKey: (address) => {
      const guesses = guessesOf(address);
      const now = clock.now();
      guesses.wrong = [...guesses.wrong.filter((at) => now - at < MINUTE), now];
      if (guesses.wrong.length < WRONG_KEYS_A_MINUTE) return;
      guesses.wrong = [];
      guesses.closedUntil = now + MINUTE;
    },
  };
}
