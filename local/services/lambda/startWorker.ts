import { setFlagsFromString } from 'node:v8';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { type CloudPort, servePort } from './port/servePort.ts';
import type { InstanceSetup } from './worker/protocol.ts';

export type WorkerOptions = {
  readonly setup: Omit<InstanceSetup, 'cloud'>;
  readonly cloud: CloudPort | null;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the heap. */
  readonly memoryMegabytes: number;
};

/** Larger ones do not make a function quicker. */
const YOUNG_SPACE_MEGABYTES = 8;
/**
 * Where V8 first looks for garbage in the heap of a thread that starts from now on; the main thread has the larger start of
 * the command line. Left alone, each busy function keeps 20 MB of garbage.
 */
const INITIAL_OLD_SPACE_MEGABYTES = 24;
setFlagsFromString(`--initial-old-space-size=${INITIAL_OLD_SPACE_MEGABYTES}`);
// Of the command line for the main thread too: it would go before a thread's own limit, and take 100 MB more in all.
setFlagsFromString('--max-semi-space-size=0');

/** Starts the thread of an instance. It sees the function's environment and nothing of the host's. */
export function startWorker({ setup, cloud, environment, memoryMegabytes }: WorkerOptions): Worker {
  const start = (variables: Readonly<Record<string, string>>) => {
    const port = cloud === null ? null : openPort(cloud);
    return new Worker(new URL('worker/start.ts', import.meta.url), {
      name: setup.functionName,
      env: { ...variables },
      workerData: {
        ...setup,
        cloud: port === null || cloud === null ? null : { port, portNumber: cloud.portNumber },
      } satisfies InstanceSetup,
      transferList: port === null ? [] : [port],
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: memoryMegabytes,
        maxYoungGenerationSizeMb: YOUNG_SPACE_MEGABYTES,
      },
      stdin: false,
      stdout: true,
      stderr: true,
    });
  };
  try {
    return start(environment);
  } catch (error) {
    // A thread cannot have every option of Node that a process can; the function runs without them.
    if (!isBadOption(error)) throw error;
    const { NODE_OPTIONS: _, ...others } = environment;
    return start(others);
  }
}

function openPort(cloud: CloudPort): MessagePort {
  const { port1, port2 } = new MessageChannel();
  servePort(port1, cloud);
  return port2;
}

function isBadOption(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INVALID_EXEC_ARGV';
}
