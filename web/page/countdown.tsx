import { useEffect, useState } from 'preact/hooks';
import type { ServerClock } from './serverClock.ts';
import { durationWords, timeWords } from './words.ts';

const HOUR_MILLISECONDS = 3_600_000;

/** Draws again every second, which is often enough for a countdown. */
export function useNow(clock: ServerClock): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}

export type CountdownProps = { readonly deadline: string; readonly now: number };

/** How long is left to decide. */
export function Countdown({ deadline, now }: CountdownProps) {
  const left = Date.parse(deadline) - now;
  const isUrgent = left < HOUR_MILLISECONDS;
  return (
    <time
      class={isUrgent ? 'countdown urgent' : 'countdown'}
      dateTime={deadline}
      title={timeWords(deadline, now)}
    >
      {left > 0 ? `${durationWords(left)} left` : 'Deadline passed'}
    </time>
  );
}
