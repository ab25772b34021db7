import { Worker } from 'node:worker_threads';
import type { InstanceSetup } from './worker/protocol.ts';

export type WorkerOptions = {
  readonly setup: InstanceSetup;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the heap. */
  readonly memoryMegabytes: number;
};

const YOUNG_SPACE_MEGABYTES = 48;

/** Starts the thread of an instance. It sees the function's environment and nothing of the host's. */
export function startWorker({ setup, environment, memoryMegabytes }: WorkerOptions): Worker {
  const start = (variables: Readonly<Record<string, string>>) =>
    new Worker(new URL('worker/start.ts', import.meta.url), {
      name: setup.functionName,
      env: { ...variables },
      workerData: setup,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: memoryMegabytes,
        maxYoungGenerationSizeMb: YOUNG_SPACE_MEGABYTES,
      },
      stdin: false,
      stdout: true,
      stderr: true,
    });
  try {
    return start(environment);
  } catch (error) {
    // A thread cannot have every option of Node that a process can; the function runs without them.
    if (!isBadOption(error)) throw error;
    const { NODE_OPTIONS: _, ...others } = environment;
    return start(others);
  }
}

function isBadOption(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INVALID_EXEC_ARGV';
}
