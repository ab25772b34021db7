import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import type { Store } from '../../ground/store/store.ts';
import { createAsyncEvents, type AsyncEvent } from './records/asyncEvents.ts';
import type { AsyncInvokeConfig, Invocation } from './lambda.ts';

/** How an event ended. */
export type Settled = {
  readonly event: AsyncEvent;
  readonly invocation: Invocation;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
};

export type AsyncQueueOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly isDefined: (functionName: string) => boolean;
  readonly configOf: (functionName: string) => AsyncInvokeConfig;
  /** Gives `functionError` for a failure of the function. */
  readonly invoke: (event: AsyncEvent) => Promise<Invocation>;
  /** Whether somebody waits for an answer right now. */
  readonly isBusy: () => boolean;
  /** Called in the transaction that forgets the event. */
  readonly onSettled: (settled: Settled) => void;
};

export type AsyncQueue = {
  /** Queues an event in the open transaction. */
  readonly add: (functionName: string, payload: string, requestId?: string) => void;
  /** Takes up what a crash left. */
  readonly start: () => void;
  readonly stop: () => void;
};

const RETRY = 'lambda.retry';
const MINUTE_MILLISECONDS = 60_000;
/** No caller waits for these events: they let others go first, but only for a while. */
const MAX_YIELD_MILLISECONDS = 2000;
const YIELD_MILLISECONDS = 20;

/**
 * Lambda's queue of asynchronous events: at least once, retried after one and two minutes, then given up.
 * One event of a function at a time, so that an instance is left for calls that wait for an answer.
 */
export function createAsyncQueue(options: AsyncQueueOptions): AsyncQueue {
  const { store, clock, scheduler } = options;
  const events = createAsyncEvents(store, clock);
  const running = new Set<string>();
  const yielding = createYielding(pump);
  let isStopped = false;

  function pump(functionName: string): void {
    if (isStopped || running.has(functionName) || yielding.has(functionName)) return;
    if (!options.isDefined(functionName)) return;
    const event = events.next(functionName);
    if (event === null) return;
    if (options.isBusy() && clock.now() - event.queued < MAX_YIELD_MILLISECONDS) {
      yielding.add(functionName);
      return;
    }
    running.add(functionName);
    void run(event);
  }
  async function run(event: AsyncEvent): Promise<void> {
    const invocation = await options.invoke(event);
    if (isStopped) return; // the row stays, and is taken up at the next start
    store.transact(() => {
      if (invocation.functionError !== null) fail(event, invocation);
      else settle(event, { invocation, condition: 'Success' });
    });
    running.delete(event.functionName);
    pump(event.functionName);
  }
  function fail(event: AsyncEvent, invocation: Invocation): void {
    const next = retryOf(event, options.configOf(event.functionName), clock.now());
    if (typeof next === 'string') return settle(event, { invocation, condition: next });
    events.hold(event, event.attempts + 1);
    scheduler.set(RETRY, String(event.id), next.due);
  }
  function settle(event: AsyncEvent, end: Omit<Settled, 'event'>): void {
    events.remove(event.id);
    options.onSettled({ event: { ...event, attempts: event.attempts + 1 }, ...end });
  }

  scheduler.handle(RETRY, (key) => {
    const functionName = events.release(Number(key));
    if (functionName !== null) store.afterCommit(() => pump(functionName));
  });
  return {
    add: (functionName, payload, requestId = randomUUID()) => {
      store.transact(() => {
        events.add({ functionName, requestId, payload });
        store.afterCommit(() => pump(functionName));
      });
    },
    start: () => {
      for (const functionName of events.functionNames()) pump(functionName);
    },
    stop: () => {
      isStopped = true;
      yielding.stop();
    },
  };
}

/** When an event that failed is tried again, or why it is given up. */
function retryOf(
  { attempts, queued }: AsyncEvent,
  { maximumRetryAttempts, maximumEventAgeSeconds }: AsyncInvokeConfig,
  now: number,
): { readonly due: number } | Exclude<Settled['condition'], 'Success'> {
  if (attempts + 1 > maximumRetryAttempts) return 'RetriesExhausted';
  const due = now + (attempts + 1) * MINUTE_MILLISECONDS;
  return due <= queued + maximumEventAgeSeconds * 1000 ? { due } : 'EventAgeExceeded';
}

/** The functions whose next event lets others go first, for a moment. */
function createYielding(resume: (functionName: string) => void) {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    has: (functionName: string) => timers.has(functionName),
    add: (functionName: string) => {
      const end = () => {
        timers.delete(functionName);
        resume(functionName);
      };
      timers.set(functionName, setTimeout(end, YIELD_MILLISECONDS));
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
