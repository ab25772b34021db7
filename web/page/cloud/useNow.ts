import { useEffect, useState } from 'preact/hooks';
import type { ServerClock } from '../../serverClock.ts';

/** Words that change with the minute are redrawn as often; a clock that jumps is followed at once. */
const SLOW_MILLISECONDS = 10_000;
const FAST_MILLISECONDS = 1000;

/** The cloud's time, drawn again every ten seconds, or every second where that is asked for. */
export function useNow(clock: ServerClock, isTicking = false): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const look = () => setNow(clock.now());
    look();
    const timer = setInterval(look, isTicking ? FAST_MILLISECONDS : SLOW_MILLISECONDS);
    const unsubscribe = clock.subscribe(look);
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [clock, isTicking]);
  return now;
}
