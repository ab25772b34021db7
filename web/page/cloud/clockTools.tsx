import { useEffect, useRef, useState } from 'preact/hooks';
import { useObservable } from '../../observable.ts';
import type { Orders } from '../orders/createOrders.ts';
import { isWaiting, type Entry } from '../orders/entry.ts';
import { DAY, exactTime, HOUR, timeWords } from '../time.ts';
import type { ServerClock } from '../../serverClock.ts';
import { stepThrough } from './stepThrough.ts';
import { useNow } from './useNow.ts';

export type ClockToolsProps = {
  readonly clock: ServerClock;
  readonly orders: Orders;
  /** False until everything that waits has been answered: until then the number of orders that expire is unknown. */
  readonly isKnown: boolean;
};

/** A moment beyond the deadline, so that it has passed. */
const BEYOND_MILLISECONDS = 1000;
/** Other windows may have moved the clock. */
const POLL_MILLISECONDS = 2000;

/** Lets time pass: by an hour, by a day, or until an order expires. */
export function ClockTools({ clock, orders, isKnown }: ClockToolsProps) {
  const now = useNow(clock);
  useClockOfOthers(clock);
  const used = useRef('');
  const isDeadlineAhead = deadlinesOf(useObservable(orders).values()).length > 0;
  const [moving, setMoving] = useState<AbortController | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [asked, setAsked] = useState<Jump | null>(null);

  const move = async (step: number) => {
    const stopping = new AbortController();
    setAsked(null);
    setFailed(false);
    setMoving(stopping);
    await stepThrough(clock, step, stopping.signal).catch(() => setFailed(true));
    setMoving(null);
  };
  const ask = async (stepFrom: (now: number, deadlines: readonly number[]) => number, isMeant = 0) => {
    await clock.ask().catch(() => setFailed(true)); // another window may have moved it since
    const deadlines = deadlinesOf(orders.all()); // of this moment: what is drawn may be older
    const step = stepFrom(clock.now(), deadlines);
    const expiring = deadlines.filter((deadline) => deadline <= clock.now() + step).length;
    if (expiring > isMeant) setAsked({ step, expiring });
    else await move(step);
  };

  if (moving !== null) return <Moving now={now} onStop={() => moving.abort()} />;
  if (asked !== null) return <Question {...asked} onMove={move} onStay={() => setAsked(null)} />;
  return (
    <>
      <CloudTime now={now} />
      {hasFailed ? <span role="alert">The clock did not move.</span> : null}
      <Step name="+1 hour" used={used} isOff={!isKnown} onStep={() => ask(() => HOUR)} />
      <Step name="+1 day" used={used} isOff={!isKnown} onStep={() => ask(() => DAY)} />
      <Step
        name="To the next deadline"
        used={used}
        isOff={!isKnown || !isDeadlineAhead}
        onStep={() => ask(untilDeadline, 1)}
      />
    </>
  );
}

type StepProps = {
  readonly name: string;
  /** The step that was taken last. */
  readonly used: { current: string };
  readonly isOff: boolean;
  readonly onStep: () => void;
};

function Step({ name, used, isOff, onStep }: StepProps) {
  const onClick = () => {
    if (isOff) return;
    used.current = name;
    onStep();
  };
  // Not `disabled`: the last deadline may pass while the button has the focus.
  return (
    <button
      type="button"
      aria-disabled={isOff}
      ref={used.current === name ? takeLostFocus : null}
      onClick={onClick}
    >
      {name}
    </button>
  );
}

/** The button that was used makes way for others, and comes back: the focus goes with them. */
function takeLostFocus(button: HTMLButtonElement | null): void {
  if (document.activeElement === document.body) button?.focus({ preventScroll: true });
}

function deadlinesOf(entries: Iterable<Entry>): readonly number[] {
  const waiting = [...entries].filter(isWaiting);
  return waiting.flatMap(({ deadline }) => (deadline === null ? [] : [Date.parse(deadline)]));
}

const untilDeadline = (now: number, deadlines: readonly number[]): number =>
  Math.min(...deadlines) - now + BEYOND_MILLISECONDS;

function Moving({ now, onStop }: { readonly now: number; readonly onStop: () => void }) {
  return (
    <>
      <CloudTime now={now} />
      <span role="status">Time passes…</span>
      <button type="button" ref={takeLostFocus} onClick={onStop}>
        Stop
      </button>
    </>
  );
}

type Jump = { readonly step: number; readonly expiring: number };
type QuestionProps = Jump & { readonly onMove: (step: number) => void; readonly onStay: () => void };

/** Orders that expire cannot be brought back. */
function Question({ step, expiring, onMove, onStay }: QuestionProps) {
  return (
    <>
      <span role="status">{expiring === 1 ? '1 order expires' : `${expiring} orders expire`} by then.</span>
      <button type="button" onClick={() => onMove(step)}>
        Let time pass
      </button>
      <button type="button" ref={takeLostFocus} onClick={onStay}>
        Stay
      </button>
    </>
  );
}

function CloudTime({ now }: { readonly now: number }) {
  const time = new Date(now).toISOString();
  return (
    <time dateTime={time} title={exactTime(now)}>
      <span class="visually-hidden">The cloud's time: </span>
      {timeWords(now, NaN)}
    </time>
  );
}

function useClockOfOthers(clock: ServerClock): void {
  useEffect(() => {
    const look = () => {
      if (!document.hidden) void clock.ask().catch(() => {});
    };
    const timer = setInterval(look, POLL_MILLISECONDS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [clock]);
}
