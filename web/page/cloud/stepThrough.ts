import { HOUR } from '../time.ts';
import type { ServerClock } from '../../serverClock.ts';

/** Puts the clock forward hour by hour, so that everything that is due on the way happens and is seen. */
export async function stepThrough(
  clock: ServerClock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  for (let left = milliseconds; left > 0 && !signal.aborted; left -= HOUR) {
    await clock.advance(`PT${Math.ceil(Math.min(left, HOUR) / 1000)}S`);
  }
}
