import type { HandlerFailure } from './evaluator.ts';
import { startLane, type Lane } from './startLane.ts';

/** AppSync ends a handler that evaluates for too long; it does not say when. */
const LONGEST_RUN_MILLISECONDS = 1_000;
/** After this, whatever waits behind a handler goes round it. */
const SLOW_RUN_MILLISECONDS = 100;
const CHECK_MILLISECONDS = 50;
const MOST_LANES = 4;
/** A process that cannot even start is not tried for ever. */
const MOST_FAILED_STARTS = 3;

type Call = { readonly id: string; readonly line: string; readonly resolve: (outcome: string) => void };
type Work = {
  readonly lane: Lane;
  /** In the order in which they run; the first one is running. */
  readonly calls: Map<string, Call>;
  /** When the first one began to run, by the machine's own clock; null until the process is up. */
  runningSince: number | null;
  isReady: boolean;
};

/** Runs calls one after the other in one process, and gives it up for another when a call holds it. */
export type Lanes = {
  readonly load: (number: number, code: string) => void;
  readonly run: (line: string) => Promise<string>;
  readonly stop: () => void;
};

export function createLanes(): Lanes {
  const codes = new Map<number, string>();
  const works = new Set<Work>();
  let current: Work | null = null;
  let ids = 0;
  let failedStarts = 0;
  let timer: NodeJS.Timeout | null = null;

  function open(): Work {
    const work: Work = {
      lane: startLane({
        onOutcome: (id, outcome) => (id === 'ready' ? ready(work) : done(work, id, outcome)),
        onEnd: () => ended(work),
      }),
      calls: new Map(),
      runningSince: null,
      isReady: false,
    };
    works.add(work);
    for (const [number, code] of codes) work.lane.send(`load\t${number}\t${code}\n`);
    return work;
  }

  function ready(work: Work): void {
    failedStarts = 0;
    work.isReady = true;
    work.runningSince = performance.now();
  }

  function done(work: Work, id: string, outcome: string): void {
    const call = work.calls.get(id);
    if (call === undefined) return; // went round, and was answered by another process
    work.calls.delete(id);
    work.runningSince = performance.now();
    call.resolve(outcome);
    if (work.calls.size === 0 && work !== current) close(work);
  }

  function put(call: Call): void {
    current ??= open();
    if (current.calls.size === 0 && current.isReady) current.runningSince = performance.now();
    current.calls.set(call.id, call);
    current.lane.send(`run\t${call.id}\t${call.line}\n`);
    timer ??= setInterval(check, CHECK_MILLISECONDS);
  }

  function check(): void {
    // What has arrived meanwhile is read first: this process may itself have been busy.
    setImmediate(() => {
      for (const work of works) {
        if (work.calls.size > 0 && work.runningSince !== null)
          judge(work, performance.now() - work.runningSince);
      }
      if (![...works].some(({ calls }) => calls.size > 0)) stopChecking();
    });
  }

  function judge(work: Work, ran: number): void {
    if (ran >= LONGEST_RUN_MILLISECONDS) end(work, 'Timeout', 'Code evaluation timed out.');
    else if (ran >= SLOW_RUN_MILLISECONDS && work === current && works.size < MOST_LANES) goRound(work);
  }

  /** The running call keeps its process; the others, and all that come, get another one. */
  function goRound(work: Work): void {
    current = open();
    for (const call of [...work.calls.values()].slice(1)) {
      work.calls.delete(call.id);
      put(call);
    }
  }

  function end(work: Work, type: HandlerFailure['type'], message: string): void {
    const [running, ...waiting] = work.calls.values();
    close(work);
    if (current === work) current = null;
    running?.resolve(JSON.stringify({ kind: 'failed', type, message, logs: [] } satisfies HandlerFailure));
    for (const call of waiting) put(call);
  }

  function ended(work: Work): void {
    if (work.isReady) return end(work, 'Code', 'Code evaluation ran out of memory.');
    failedStarts += 1;
    if (failedStarts < MOST_FAILED_STARTS) return restart(work);
    while (work.calls.size > 0) {
      const [first] = work.calls.values();
      if (first === undefined) break;
      work.calls.delete(first.id);
      first.resolve(JSON.stringify(CANNOT_START));
    }
    close(work);
    if (current === work) current = null;
  }

  function restart(work: Work): void {
    close(work);
    if (current === work) current = null;
    for (const call of work.calls.values()) put(call);
  }

  function close(work: Work): void {
    works.delete(work);
    work.lane.stop();
  }

  function stopChecking(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  return {
    load: (number, code) => {
      codes.set(number, code);
      current ??= open();
      for (const { lane } of works) lane.send(`load\t${number}\t${code}\n`);
    },
    run: (line) =>
      new Promise((resolve) => {
        ids += 1;
        put({ id: String(ids), line, resolve });
      }),
    stop: () => {
      stopChecking();
      for (const work of works) close(work);
      current = null;
    },
  };
}

const CANNOT_START: HandlerFailure = {
  kind: 'failed',
  type: 'Code',
  message: 'The process that evaluates code cannot be started.',
  logs: [],
};
