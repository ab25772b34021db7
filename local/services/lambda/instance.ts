import type { Worker } from 'node:worker_threads';
import { EXIT, exited, type Fault, KILLED, notLoaded, type Outcome, timedOut } from './instanceFaults.ts';
import { type Call, type InstanceSetup, parseReport, type Report } from './worker/protocol.ts';
import type { CloudPort } from './port/servePort.ts';
import { startWorker } from './startWorker.ts';
import { type MemoryWatch, watchMemory } from './watchMemory.ts';

export type InstanceOptions = {
  readonly setup: Omit<InstanceSetup, 'outputBacklog' | 'cloud'>;
  /** Null: the instance reaches the cloud by the network. */
  readonly cloud: CloudPort | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly onOutput: (text: string) => void;
  /** Told once, when no further invocation can run on it. */
  readonly onBroken: () => void;
};

type Running = {
  readonly requestId: string;
  readonly begun: number;
  readonly timer: NodeJS.Timeout;
  readonly finish: (outcome: Outcome) => void;
};

/** Tighter limits than this make the garbage collector work more than the function. */
const MIN_MEMORY_MEGABYTES = 256;
/** Lambda's limit of the init phase. */
const MAX_INIT_MILLISECONDS = 10_000;

/** One function instance in a thread. It runs one invocation at a time; one that breaks it is its last. */
export class Instance {
  /** Resolves when the handler's module is imported, or could not be. */
  readonly ready: Promise<void>;
  readonly #becomeReady: () => void;
  readonly #options: InstanceOptions;
  readonly #worker: Worker;
  readonly #memory: MemoryWatch;
  readonly #backlog = new Int32Array(new SharedArrayBuffer(4));
  readonly #initTimer: NodeJS.Timeout;
  readonly #startedAt = performance.now();
  #initMilliseconds = 0;
  #isReady = false;
  #wasUsed = false;
  #fault: Fault | null = null;
  #running: Running | null = null;
  #usedBytes = 0;
  #load: ReturnType<Worker['performance']['eventLoopUtilization']>;

  constructor(options: InstanceOptions) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const memoryMegabytes = Math.max(options.setup.memoryMegabytes, MIN_MEMORY_MEGABYTES);
    this.ready = promise;
    this.#becomeReady = resolve;
    this.#options = options;
    const setup = { ...options.setup, outputBacklog: this.#backlog.buffer };
    this.#worker = startWorker({ ...options, setup, memoryMegabytes });
    this.#memory = watchMemory(this.#worker, memoryMegabytes, () => this.#break(exited(KILLED)));
    this.#load = this.#worker.performance.eventLoopUtilization();
    this.#initTimer = setTimeout(() => this.#break(timedOut(options.timeoutSeconds)), MAX_INIT_MILLISECONDS);
    this.#memory.watch();
    this.#listen();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get isBroken(): boolean {
    return this.#fault !== null;
  }

  /** Whether it ran anything. One that breaks before would only be followed by another that does. */
  get wasUsed(): boolean {
    return this.#wasUsed;
  }

  get initMilliseconds(): number {
    return this.#initMilliseconds;
  }

  async invoke(call: Omit<Call, 'timeoutMilliseconds'>): Promise<Outcome> {
    if (!this.#isReady) await this.ready;
    const timeoutMilliseconds = this.#options.timeoutSeconds * 1000;
    return new Promise((finish) => {
      const begun = performance.now();
      const timer = setTimeout(
        () => this.#break(timedOut(this.#options.timeoutSeconds)),
        timeoutMilliseconds,
      );
      this.#running = { requestId: call.requestId, begun, timer, finish };
      if (this.#fault !== null) {
        this.#settle(this.#fault);
        return;
      }
      this.#wasUsed = true;
      this.#memory.watch();
      this.#worker.postMessage({ ...call, timeoutMilliseconds } satisfies Call);
    });
  }

  /** How long its invocation has run; 0 without one. */
  get runningMilliseconds(): number {
    return this.#running === null ? 0 : performance.now() - this.#running.begun;
  }

  /** How much of the time since it was last asked the thread was computing, from 0 to 1. */
  takeLoad(): number {
    const before = this.#load;
    this.#load = this.#worker.performance.eventLoopUtilization();
    return this.#worker.performance.eventLoopUtilization(this.#load, before).utilization;
  }

  /** A caller that waits for an answer never gets one, as when the process dies. */
  async stop(): Promise<void> {
    if (this.#running !== null) clearTimeout(this.#running.timer);
    this.#running = null;
    this.#fault ??= exited(null);
    this.#endInit();
    await this.#worker.terminate();
  }

  #listen(): void {
    this.#worker.on('message', (said: unknown) => {
      const report = parseReport(said);
      if (report !== null) this.#hear(report);
    });
    this.#worker.on('error', (thrown: unknown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (!isMemory) this.#options.onOutput(`${error.stack ?? error.message}\n`);
      this.#break(exited(isMemory ? KILLED : 'exit status 1'));
    });
    this.#worker.on('exit', (code) => this.#break(exited(code === 0 ? null : `exit status ${code}`)));
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => this.#options.onOutput(chunk.toString('utf8')));
    }
    this.#worker.unref(); // the timers above and below keep the process alive while they must
  }

  #hear(report: Report): void {
    if (report.kind === 'output') return this.#takeOutput(report);
    if (report.kind === 'ready') return this.#start(report);
    this.#usedBytes = report.usedBytes;
    if (report.isLast) this.#breakSilently(exited('exit status 129'));
    return this.#finish(report.payload, report.isError ? 'error' : 'success');
  }

  #takeOutput({ text, bytes }: Extract<Report, { kind: 'output' }>): void {
    Atomics.sub(this.#backlog, 0, bytes);
    Atomics.notify(this.#backlog, 0);
    this.#options.onOutput(text);
  }

  #start({ error }: Extract<Report, { kind: 'ready' }>): void {
    if (this.#fault !== null) return;
    if (error !== null) return this.#break(notLoaded(error));
    this.#isReady = true;
    this.#endInit();
  }

  #endInit(): void {
    clearTimeout(this.#initTimer);
    if (this.#running === null) this.#memory.rest();
    this.#initMilliseconds ||= performance.now() - this.#startedAt;
    this.#becomeReady();
  }

  #break(fault: Fault): void {
    this.#breakSilently(fault);
    if (this.#running !== null) this.#settle(this.#fault ?? fault);
  }

  #breakSilently(fault: Fault): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    this.#endInit();
    void this.#worker.terminate();
    this.#options.onBroken();
  }

  #settle(fault: Fault): void {
    const document = fault.describe(this.#running?.requestId ?? '');
    const exit = document.errorType === EXIT ? document.errorMessage : null;
    this.#finish(JSON.stringify(document), fault.status, exit);
  }

  #finish(payload: string, status: Outcome['status'], exit: string | null = null): void {
    this.#memory.rest();
    if (this.#running === null) return;
    const { finish, begun, timer } = this.#running;
    clearTimeout(timer);
    this.#running = null;
    finish({ payload, status, exit, milliseconds: performance.now() - begun, usedBytes: this.#usedBytes });
  }
}
