import type { Clock } from '../../ground/clock/clock.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';

/** Receivers that wait for a message: long polling. */
export type Waiting = {
  /** Tries at once, after every wake of the queue, and for the last time when `seconds` of the cloud's time are over. */
  readonly until: <T>(queue: string, seconds: number, attempt: () => T | null) => Promise<T | null>;
  /** Messages of the queue may be seen from now on. */
  readonly wake: (queue: string) => void;
};

export type WaitingOptions = {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  /** When the next hidden message of a queue may be seen again. */
  readonly nextVisible: (queue: string) => number | null;
};

type Waiter = { readonly end: number; readonly tryAgain: () => void };

const WAKE = 'sqs.wake';

export function createWaiting({ scheduler, clock, nextVisible }: WaitingOptions): Waiting {
  const waiters = new Map<string, Set<Waiter>>();

  function wake(queue: string): void {
    const here = waiters.get(queue);
    for (const { tryAgain } of here ?? []) tryAgain();
    if (here !== undefined && here.size > 0) plan(queue, here);
  }

  /** Waits end, and hidden messages come back, in the cloud's time, which only the scheduler knows. */
  function plan(queue: string, here: ReadonlySet<Waiter>): void {
    const ends = [...here].map(({ end }) => end);
    scheduler.set(WAKE, queue, Math.min(nextVisible(queue) ?? Infinity, ...ends));
  }

  scheduler.handle(WAKE, wake);

  return {
    wake,
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
        plan(queue, here);
      });
    },
  };
}
