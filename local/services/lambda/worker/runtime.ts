import { flushCompileCache } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { captureOutput } from './captureOutput.ts';
import { useCloudClock } from './cloudClock.ts';
import { errorDocument, RuntimeError } from './errorDocument.ts';
import { useFunctionConsole, type FunctionConsole } from './functionConsole.ts';
import { guardProcess } from './guardProcess.ts';
import { invokeHandler, type Invoking } from './invokeHandler.ts';
import { loadHandler, type Handler } from './loadHandler.ts';
import type { Call, InstanceSetup, Report } from './protocol.ts';

/** The exit codes of AWS's runtime. */
const AFTER_UNHANDLED_REJECTION = 128;
const AFTER_UNCAUGHT_EXCEPTION = 129;

/** By then the function has imported what it imports late. */
const CACHE_FLUSH_MILLISECONDS = 3000;

/** One function instance: a thread with the function's environment, the cloud's clock, and one invocation at a time. */
export async function serve(port: MessagePort, setup: InstanceSetup): Promise<void> {
  useCloudClock(setup.sharedOffset);
  process.argv.length = 1;
  guardProcess(AFTER_UNHANDLED_REJECTION);
  const log = useFunctionConsole(captureOutput(port, setup.outputBacklog));
  const tell = (report: Report) => port.postMessage(report);
  let invoking: Invoking | null = null;
  const dieOf = (title: string, error: unknown, code: number) => {
    log.logError(title, error);
    if (invoking !== null) tell(failure(error, { isLast: true }));
    process.exit(code);
  };
  process.on('uncaughtException', (error) => dieOf('Uncaught Exception', error, AFTER_UNCAUGHT_EXCEPTION));
  process.on('unhandledRejection', (reason) =>
    dieOf(
      'Unhandled Promise Rejection',
      new RuntimeError('UnhandledPromiseRejection', String(reason), { cause: reason }),
      AFTER_UNHANDLED_REJECTION,
    ),
  );
  process.on('beforeExit', () => {
    port.ref();
    invoking?.onEmptyLoop();
  });
  const handler = await load(setup, { log, tell });
  if (handler === null) return;
  setTimeout(flushCompileCache, CACHE_FLUSH_MILLISECONDS).unref();
  port.on('message', (call: Call) => {
    log.setRequestId(call.requestId);
    const started = invokeHandler(handler, call, setup);
    invoking = started;
    // What keeps the thread alive from here on is what the handler waits for.
    port.unref();
    void finish(started);
  });
  async function finish(started: Invoking): Promise<void> {
    const report = await answerOf(started, log);
    invoking = null;
    port.ref();
    tell(report);
  }
}

async function load(
  setup: InstanceSetup,
  { log, tell }: { readonly log: FunctionConsole; readonly tell: (report: Report) => void },
): Promise<Handler | null> {
  try {
    const handler = await loadHandler(setup);
    tell({ kind: 'ready', error: null });
    return handler;
  } catch (error) {
    log.logError('Uncaught Exception', error);
    tell({ kind: 'ready', error: errorDocument(error) });
    return null;
  }
}

async function answerOf({ result }: Invoking, log: FunctionConsole): Promise<Report> {
  try {
    return success(serialise(await result));
  } catch (error) {
    log.logError('Invoke Error', error);
    return failure(error, { isLast: false });
  }
}

function serialise(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw new RuntimeError('JSONStringifyError', 'Unable to stringify response body', { cause });
  }
}

function success(payload: string): Report {
  return { kind: 'answer', payload, isError: false, isLast: false, usedBytes: usedBytes() };
}

function failure(error: unknown, { isLast }: { readonly isLast: boolean }): Report {
  const payload = JSON.stringify(errorDocument(error));
  return { kind: 'answer', payload, isError: true, isLast, usedBytes: usedBytes() };
}

function usedBytes(): number {
  const { total_physical_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
