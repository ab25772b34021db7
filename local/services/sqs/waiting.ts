import type { Clock } from '../../ground/clock/clock.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';

/** What waits for messages: long polls, which end, and watchers inside the cloud, which do not. */
export type Waiting = {
  /** Tries at once, after every wake of the queue, and for the last time when `seconds` of the cloud's time are over. */
  readonly until: <T>(queue: string, seconds: number, attempt: () => T | null) => Promise<T | null>;
  /** Calls `onMessages` at every wake of the queue, until the function that it returns is called. */
  readonly watch: (queue: string, onMessages: () => void) => () => void;
  /** Messages of the queue may be seen from now on. */
  readonly wake: (queue: string) => void;
  /** A hidden message of the queue may be seen at `due`, in milliseconds since 1970. Joins the open transaction. */
  readonly expect: (queue: string, due: number) => void;
};

export type WaitingOptions = {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  /** When the next hidden message of a queue may be seen again. */
  readonly nextVisible: (queue: string) => number | null;
};

type Waiter = { readonly end: number; readonly tryAgain: () => void };

const WAKE = 'sqs.wake';
/** Messages that come into sight one by one, a few milliseconds apart, are taken together. */
const MIN_PAUSE_MILLISECONDS = 100;

export function createWaiting({ scheduler, clock, nextVisible }: WaitingOptions): Waiting {
  const waiters = new Map<string, Set<Waiter>>();
  const watchers = new Map<string, Set<() => void>>();
  const lastDue = new Map<string, number>();

  function wake(queue: string): void {
    for (const { tryAgain } of waiters.get(queue) ?? []) tryAgain();
    for (const onMessages of watchers.get(queue) ?? []) onMessages();
    plan(queue);
  }

  /** Waits end, and hidden messages come back, in the cloud's time, which only the scheduler knows. */
  function plan(queue: string): void {
    const ends = [...(waiters.get(queue) ?? [])].map(({ end }) => end);
    if (ends.length === 0 && !isWatched(queue)) return;
    planAt(queue, Math.min(afterPause(queue, nextVisible(queue) ?? Infinity), ...ends));
  }
  function planAt(queue: string, due: number): void {
    if (due < (scheduler.dueOf(WAKE, queue) ?? Infinity)) scheduler.set(WAKE, queue, due);
  }
  function isWatched(queue: string): boolean {
    return (watchers.get(queue)?.size ?? 0) > 0;
  }
  function afterPause(queue: string, due: number): number {
    return Math.max(due, (lastDue.get(queue) ?? 0) + MIN_PAUSE_MILLISECONDS);
  }

  scheduler.handle(WAKE, (queue) => {
    lastDue.set(queue, clock.now());
    wake(queue);
  });

  return {
    wake,
    expect: (queue, due) => {
      const isAwaited = isWatched(queue) || (waiters.get(queue)?.size ?? 0) > 0;
      if (isAwaited) planAt(queue, afterPause(queue, due));
    },
    watch: (queue, onMessages) => {
      const here = watchers.get(queue) ?? new Set();
      watchers.set(queue, here.add(onMessages));
      return () => void here.delete(onMessages);
    },
    until: (queue, seconds, attempt) => {
      const now = attempt();
      if (now !== null || seconds === 0) return Promise.resolve(now);
      return new Promise((resolve) => {
        const here = waiters.get(queue) ?? new Set();
        waiters.set(queue, here);
        const end = clock.now() + seconds * 1000;
        const tryAgain = () => {
          const result = attempt();
          if (result === null && clock.now() < end) return;
          here.delete(waiter);
          resolve(result);
        };
        const waiter: Waiter = { end, tryAgain };
        here.add(waiter);
        plan(queue);
      });
    },
  };
}
