import type { Scheduler } from '../scheduler/scheduler.ts';

/** Receivers that wait for a message: long polling. */
export type Waiting = {
  /** Tries at once, after every wake of the queue, and for the last time when `seconds` of real time are over. */
  readonly until: <T>(queue: string, seconds: number, attempt: () => T | null) => Promise<T | null>;
  /** Messages of the queue may be seen from now on. */
  readonly wake: (queue: string) => void;
};

const VISIBLE_AGAIN = 'sqs.visible';

export function createWaiting(scheduler: Scheduler, nextVisible: (queue: string) => number | null): Waiting {
  const waiters = new Map<string, Set<() => void>>();

  function wake(queue: string): void {
    for (const tryAgain of waiters.get(queue) ?? []) tryAgain();
    if ((waiters.get(queue)?.size ?? 0) > 0) wakeWhenVisible(queue);
  }

  /** Hidden messages come back in the cloud's time, which only the scheduler knows. */
  function wakeWhenVisible(queue: string): void {
    const due = nextVisible(queue);
    if (due !== null) scheduler.set(VISIBLE_AGAIN, queue, due);
  }

  scheduler.handle(VISIBLE_AGAIN, wake);

  return {
    wake,
    until: (queue, seconds, attempt) => {
      const now = attempt();
      if (now !== null || seconds === 0) return Promise.resolve(now);
      return new Promise((resolve) => {
        const here = waiters.get(queue) ?? new Set();
        waiters.set(queue, here);
        const end = (result: ReturnType<typeof attempt>) => {
          clearTimeout(timer);
          here.delete(tryAgain);
          resolve(result);
        };
        const tryAgain = () => {
          const result = attempt();
          if (result !== null) end(result);
        };
        const timer = setTimeout(() => end(attempt()), seconds * 1000).unref();
        here.add(tryAgain);
        wakeWhenVisible(queue);
      });
    },
  };
}
