import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

// One function instance: a thread with the function's environment, the cloud's clock, and one invocation at a time.

type Setup = {
  readonly folder: string;
  readonly handler: string;
  readonly sharedOffset: SharedArrayBuffer;
  readonly functionName: string;
  readonly arn: string;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
};
type Call = { readonly requestId: string; readonly payload: string; readonly deadline: number };
type Callback = (error: unknown, result?: unknown) => void;
type Handler = {
  readonly call: (event: unknown, context: unknown, callback: Callback) => unknown;
  /** A handler of three parameters answers by its callback, unless it gives a promise. */
  readonly takesCallback: boolean;
};

const setup: Setup = workerData;
useCloudClock(setup.sharedOffset);
const loaded = loadHandler(setup).then(
  (handler) => ({ handler }),
  (error: unknown) => ({ error: loadError(error) }),
);

parentPort?.on('message', (call: Call) => {
  void run(call).then((answer) => parentPort?.postMessage(answer));
});

async function run(call: Call): Promise<{ payload: string; functionError: 'Unhandled' | null }> {
  const found = await loaded;
  if ('error' in found) return { payload: JSON.stringify(found.error), functionError: 'Unhandled' };
  try {
    const result = await invoke(found.handler, call);
    return { payload: serialise(result), functionError: null };
  } catch (error) {
    return { payload: JSON.stringify(errorDocument(error)), functionError: 'Unhandled' };
  }
}

function invoke(handler: Handler, { payload, requestId, deadline }: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => (error ? reject(error) : resolve(result));
    const context = {
      functionName: setup.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: setup.arn,
      memoryLimitInMB: String(setup.memoryMegabytes),
      awsRequestId: requestId,
      logGroupName: setup.logGroup,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - performance.timeOrigin - performance.now()),
    };
    const result = handler.call(JSON.parse(payload), context, callback);
    const isPromise = typeof result === 'object' && result !== null && 'then' in result;
    if (isPromise || !handler.takesCallback) Promise.resolve(result).then(resolve, reject);
  });
}

function serialise(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    const error = new Error('Unable to stringify response body', { cause });
    error.name = 'Runtime.MarshalError';
    throw error;
  }
}

/** The error document of the Node.js runtime: type, message and trace. */
function errorDocument(error: unknown): {
  errorType: string;
  errorMessage: string;
  trace: readonly string[];
} {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function loadError(error: unknown): { errorType: string; errorMessage: string; trace: readonly string[] } {
  const document = errorDocument(error);
  if (document.errorType === 'SyntaxError') return { ...document, errorType: 'Runtime.UserCodeSyntaxError' };
  if (document.errorType.startsWith('Runtime.')) return document;
  return { ...document, errorType: 'Runtime.ImportModuleError' };
}

async function loadHandler({ folder, handler }: Setup): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const path = ['.mjs', '.js', '.cjs']
    .map((extension) => join(folder, file + extension))
    .find((one) => existsSync(one));
  if (path === undefined) throw runtimeError('Runtime.ImportModuleError', `Cannot find module '${file}'`);
  const module: Record<string, unknown> = path.endsWith('.mjs')
    ? await import(pathToFileURL(path).href)
    : await loadScript(path);
  const found = module[name];
  if (typeof found === 'function') {
    const call: Handler['call'] = (event, context, callback) =>
      Reflect.apply(found, undefined, [event, context, callback]);
    return { call, takesCallback: found.length > 2 };
  }
  throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
}

/** Lambda takes index.js for CommonJS unless a package.json beside it says otherwise. */
async function loadScript(path: string): Promise<Record<string, unknown>> {
  try {
    return createRequire(path)(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_REQUIRE_ASYNC_MODULE')
      return import(pathToFileURL(path).href);
    throw error;
  }
}

function runtimeError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A test may put the cloud's time forward; functions see it as everybody does. */
function useCloudClock(sharedOffset: SharedArrayBuffer): void {
  const offset = new BigInt64Array(sharedOffset);
  const RealDate = Date;
  const now = () => RealDate.now() + Number(Atomics.load(offset, 0));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, words, newTarget) =>
      Reflect.construct(target, words.length === 0 ? [now()] : words, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
