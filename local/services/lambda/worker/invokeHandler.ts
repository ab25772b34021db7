import { RuntimeError } from './errorDocument.ts';
import { hasCallbacks, type Handler } from './loadHandler.ts';
import type { Call, InstanceSetup } from './protocol.ts';

export type Invoking = {
  /** Settles with what the handler answers, in whichever of its ways. */
  readonly result: Promise<unknown>;
  /** Nothing is left to wait for: what the handler has said by now is its answer. */
  readonly onEmptyLoop: () => void;
};

/** Runs a handler as the function's runtime does. */
export function invokeHandler(handler: Handler, call: Call, setup: InstanceSetup): Invoking {
  const invoke = hasCallbacks(setup.runtime) ? invokeWithCallback : invokeForResult;
  return invoke(handler, call, setup);
}

/** A handler answers with what it returns: a value, or what its promise comes to. */
function invokeForResult(handler: Handler, call: Call, setup: InstanceSetup): Invoking {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  try {
    const result = handler.call(JSON.parse(call.payload), contextOf(call, setup));
    if (isPromise(result)) result.then(resolve, reject);
    else resolve(result);
  } catch (error) {
    reject(error);
  }
  return { result: promise, onEmptyLoop: () => settleEmpty(handler, { resolve, reject }) };
}

/** A handler returns a value or a promise, or answers by its callback or its context. */
function invokeWithCallback(handler: Handler, call: Call, setup: InstanceSetup): Invoking {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let whenEmpty = () => settleEmpty(handler, { resolve, reject });
  const done = (error: unknown, value?: unknown) => (error ? reject(error) : resolve(value));
  const context = { ...contextOf(call, setup), ...callbackMembers(done) };
  const callback = (error: unknown, value?: unknown) => {
    if (!context.callbackWaitsForEmptyEventLoop) done(error, value);
    else whenEmpty = () => done(error, value);
  };
  try {
    const result = handler.call(JSON.parse(call.payload), context, callback);
    if (isPromise(result)) result.then(resolve, reject);
    else if (!handler.takesCallback && result !== undefined) resolve(result);
  } catch (error) {
    reject(error);
  }
  return { result: promise, onEmptyLoop: () => whenEmpty() };
}

type Settling = Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'>;

function settleEmpty({ isAsync }: Handler, { resolve, reject }: Settling): void {
  if (isAsync) reject(neverSettled());
  else resolve(null);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function';
}

function neverSettled(): Error {
  return new RuntimeError(
    'NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}

type Done = (error: unknown, value?: unknown) => void;

function callbackMembers(done: Done) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    done,
    succeed: (value: unknown) => done(null, value),
    fail: (error: unknown) => done(error ?? new Error('handled')),
  };
}

function contextOf(call: Call, setup: InstanceSetup) {
  const end = performance.now() + call.timeoutMilliseconds;
  return {
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.arn,
    memoryLimitInMB: String(setup.memoryMegabytes),
    logGroupName: setup.logGroup,
    logStreamName: setup.logStream,
    awsRequestId: call.requestId,
    clientContext: call.clientContext === '' ? undefined : JSON.parse(call.clientContext),
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
  };
}
