import { useState } from 'preact/hooks';
import { useNow } from './countdown.tsx';
import { CLOCK, Stroke } from './icons.tsx';
import type { ServerClock } from './serverClock.ts';
import { timeWords } from './words.ts';

/** Lets three days pass, in a cloud that allows it. */
export function ClockButton({ clock }: { readonly clock: ServerClock }) {
  const now = useNow(clock);
  const [isMoving, setMoving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const advance = async () => {
    setMoving(true);
    setFailed(false);
    await clock.advance('PT72H').catch(() => setFailed(true));
    setMoving(false);
  };
  return (
    <span class="clock">
      <span class="clock-time">
        <span class="visually-hidden">The cloud's time: </span>
        {hasFailed ? 'The clock did not move' : timeWords(now, 0)}
      </span>
      <button type="button" class="quiet" disabled={isMoving} onClick={advance}>
        <Stroke path={CLOCK} />
        Let 3 days pass
      </button>
    </span>
  );
}
