import type { HandlerFailure } from './evaluator.ts';
import { type EvaluatorProcess, startProcess } from './startProcess.ts';

/** AppSync ends a handler that evaluates for too long; it does not say when. */
const MAX_RUN_MILLISECONDS = 1_000;
/** After this, the calls that wait behind a handler move to a new process. A busy machine may let a quick one wait for a core as long. */
const SLOW_RUN_MILLISECONDS = 250;
const CHECK_MILLISECONDS = 50;
const MAX_PROCESSES = 4;
/** A process that fails to start this often in a row is given up. */
const MAX_FAILED_STARTS = 3;

type Call = { readonly id: string; readonly line: string; readonly resolve: (outcome: string) => void };
type Worker = {
  readonly process: EvaluatorProcess;
  /** In the order in which they run; the first one is running. */
  readonly calls: Map<string, Call>;
  /** When the first one began to run, by the machine's own clock; null until the process is up. */
  runningSince: number | null;
  isReady: boolean;
};

/** Runs calls one after the other in one process, and gives it up for another when a call holds it. */
export type Processes = {
  readonly load: (number: number, code: string) => void;
  readonly run: (line: string) => Promise<string>;
  readonly stop: () => void;
};

export function createProcesses(): Processes {
  return new ProcessPool();
}

class ProcessPool implements Processes {
  readonly #codes = new Map<number, string>();
  readonly #workers = new Set<Worker>();
  #current: Worker | null = null;
  #lastId = 0;
  #failedStarts = 0;
  #timer: NodeJS.Timeout | null = null;

  load(number: number, code: string): void {
    this.#codes.set(number, code);
    this.#current ??= this.#open();
    for (const { process } of this.#workers) process.send(`load\t${number}\t${code}\n`);
  }

  run(line: string): Promise<string> {
    return new Promise((resolve) => {
      this.#lastId += 1;
      this.#send({ id: String(this.#lastId), line, resolve });
    });
  }

  stop(): void {
    this.#stopChecking();
    for (const worker of this.#workers) this.#close(worker);
  }

  #open(): Worker {
    const worker: Worker = {
      process: startProcess({
        onOutcome: (id, outcome) =>
          id === 'ready' ? this.#markReady(worker) : this.#finishCall(worker, id, outcome),
        onEnd: () => this.#handleEnd(worker),
      }),
      calls: new Map(),
      runningSince: null,
      isReady: false,
    };
    this.#workers.add(worker);
    for (const [number, code] of this.#codes) worker.process.send(`load\t${number}\t${code}\n`);
    return worker;
  }

  #markReady(worker: Worker): void {
    this.#failedStarts = 0;
    worker.isReady = true;
    worker.runningSince = performance.now();
  }

  #finishCall(worker: Worker, id: string, outcome: string): void {
    const call = worker.calls.get(id);
    if (call === undefined) return; // moved away, and answered by another process
    worker.calls.delete(id);
    worker.runningSince = performance.now();
    call.resolve(outcome);
    if (worker.calls.size === 0 && worker !== this.#current) this.#close(worker);
  }

  #send(call: Call): void {
    const worker = (this.#current ??= this.#open());
    if (worker.calls.size === 0 && worker.isReady) worker.runningSince = performance.now();
    worker.calls.set(call.id, call);
    worker.process.send(`run\t${call.id}\t${call.line}\n`);
    // Outcomes that have arrived are read first: this process may itself have been busy.
    this.#timer ??= setInterval(() => setImmediate(() => this.#enforceTimeLimits()), CHECK_MILLISECONDS);
  }

  #enforceTimeLimits(): void {
    for (const worker of this.#workers) {
      if (worker.calls.size === 0 || worker.runningSince === null) continue;
      const ran = performance.now() - worker.runningSince;
      if (ran >= MAX_RUN_MILLISECONDS) this.#end(worker, 'Timeout', 'Code evaluation timed out.');
      else if (ran >= SLOW_RUN_MILLISECONDS) this.#moveWaitingCalls(worker);
    }
    if (![...this.#workers].some(({ calls }) => calls.size > 0)) this.#stopChecking();
  }

  /** The running call keeps its process; the others, and all that come, get another one. */
  #moveWaitingCalls(worker: Worker): void {
    if (worker !== this.#current || worker.calls.size < 2 || this.#workers.size >= MAX_PROCESSES) return;
    this.#current = this.#open();
    for (const call of [...worker.calls.values()].slice(1)) {
      worker.calls.delete(call.id);
      this.#send(call);
    }
  }

  /** Fails the running call and runs the others elsewhere. */
  #end(worker: Worker, type: HandlerFailure['type'], message: string): void {
    const [running, ...waiting] = worker.calls.values();
    this.#close(worker);
    running?.resolve(JSON.stringify({ kind: 'failed', type, message, logs: [] } satisfies HandlerFailure));
    for (const call of waiting) this.#send(call);
  }

  #handleEnd(worker: Worker): void {
    if (worker.isReady) return this.#end(worker, 'Code', 'Code evaluation ran out of memory.');
    this.#failedStarts += 1;
    const calls = [...worker.calls.values()];
    this.#close(worker);
    if (this.#failedStarts < MAX_FAILED_STARTS) for (const call of calls) this.#send(call);
    else for (const call of calls) call.resolve(JSON.stringify(CANNOT_START));
  }

  #close(worker: Worker): void {
    this.#workers.delete(worker);
    worker.process.stop();
    if (this.#current === worker) this.#current = null;
  }

  #stopChecking(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

const CANNOT_START: HandlerFailure = {
  kind: 'failed',
  type: 'Code',
  message: 'The process that evaluates code cannot be started.',
  logs: [],
};
