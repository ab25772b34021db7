import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { AdjustableClock } from '../clock/clock.ts';
import type { FunctionDefinition, Invocation } from './lambda.ts';

export type InstanceOptions = {
  readonly definition: FunctionDefinition;
  /** Where the handler's module lies. */
  readonly folder: string;
  readonly clock: AdjustableClock;
  readonly environment: Readonly<Record<string, string>>;
  readonly onOutput: (text: string) => void;
};

/** One function instance. It runs one invocation at a time and is thrown away when one of them breaks it. */
export type Instance = {
  readonly invoke: (payload: string) => Promise<Invocation>;
  readonly isBroken: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Tighter limits than these make the garbage collector work more than the function. */
const LEAST_OLD_SPACE_MEGABYTES = 256;
const YOUNG_SPACE_MEGABYTES = 32;

type Answer = { readonly payload: string; readonly functionError: 'Unhandled' | null };

export function createInstance({
  definition,
  folder,
  clock,
  environment,
  onOutput,
}: InstanceOptions): Instance {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    env: { ...environment },
    workerData: { ...definition, functionName: definition.name, folder, sharedOffset: clock.sharedOffset },
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(definition.memoryMegabytes, LEAST_OLD_SPACE_MEGABYTES),
      maxYoungGenerationSizeMb: YOUNG_SPACE_MEGABYTES,
    },
    execArgv: ['--no-warnings'],
    stdout: true,
    stderr: true,
  });
  let isBroken = false;
  let finish: ((answer: Answer) => void) | null = null;
  const requestIds = { current: '' };
  const settle = (answer: Answer) => {
    finish?.(answer);
    finish = null;
  };
  const breakWith = (errorType: string, errorMessage: string) => {
    isBroken = true;
    settle({ payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' });
  };
  const crashed = (reason: string) =>
    breakWith(
      'Runtime.ExitError',
      `RequestId: ${requestIds.current} Error: Runtime exited with error: ${reason}`,
    );
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
  worker.on('message', settle);
  worker.on('error', (error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') crashed('signal: killed');
    else crashed('exit status 1');
  });
  worker.on('exit', (code) => crashed(`exit status ${code}`));
  worker.unref();

  return {
    isBroken: () => isBroken,
    stop: async () => {
      finish = null; // what was under way is taken up at the next start, and did not fail
      await worker.terminate();
    },
    invoke: async (payload) => {
      const requestId = randomUUID();
      requestIds.current = requestId;
      const milliseconds = definition.timeoutSeconds * 1000;
      const timer = setTimeout(() => {
        const seconds = definition.timeoutSeconds.toFixed(2);
        breakWith(
          'Sandbox.Timedout',
          `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
        );
        void worker.terminate();
      }, milliseconds);
      const answer = await new Promise<Answer>((resolve) => {
        finish = resolve;
        worker.ref();
        worker.postMessage({ requestId, payload, deadline: Date.now() + milliseconds });
      });
      clearTimeout(timer);
      worker.unref();
      return { ...answer, requestId };
    },
  };
}
