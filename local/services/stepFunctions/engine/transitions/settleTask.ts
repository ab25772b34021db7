import { compactJson, isJson } from '../../../../ground/json.ts';
import type { TaskState } from '../../definition/definition.ts';
import { isTooLarge } from '../../dataSize.ts';
import { reasonOf } from './closeExecution.ts';
import type { Thread } from '../records/execution.ts';
import { failState, failureOf } from './failState.ts';
import { dataLimitExceeded, type Failure } from './failure.ts';
import { type Outcome, responseText } from '../invokeFunction.ts';
import { forgetDeadlines, leaveState } from './leaveState.ts';
import { recordEvent, stateOf, type Step } from './step.ts';

/** What somebody sent for a task token. */
export type Callback =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly error: string | undefined; readonly cause: string | undefined };

/** The Lambda of a Task has answered. */
export function settleInvocation(step: Step, thread: Thread, outcome: Outcome): void {
  const state = stateOf(step, thread);
  if (state.type !== 'Task') return;
  delete thread.request;
  if (!outcome.ok) {
    const { error, cause } = outcome;
    const isDocument = state.resource.kind === 'invoke' && isJson(cause);
    const text = isDocument ? compactJson(cause) : cause;
    taskFailed(step, thread, { error, cause: text, kind: 'error' });
    return;
  }
  const { payload, requestId, statusCode } = outcome;
  if (state.resource.kind === 'function') {
    succeed(step, thread, { state, result: payload });
    return;
  }
  const result = responseText({ payload, requestId, statusCode, at: step.now });
  const response = [payload, requestId, statusCode];
  if (!state.resource.waitsForToken) {
    succeed(step, thread, { state, result, response });
    return;
  }
  recordEvent(step, thread, { type: 'TaskSubmitted', details: { token: 1, output: result, response } });
  thread.phase = 'token';
}

/** A callback decides the task, also when its Lambda has not answered yet. */
export function settleCallback(step: Step, thread: Thread, callback: Callback): void {
  const state = stateOf(step, thread);
  if (state.type !== 'Task') return;
  delete thread.request;
  if (callback.ok) succeed(step, thread, { state, result: callback.output });
  else taskFailed(step, thread, { ...reasonOf(callback), kind: 'error' });
}

type Success = {
  readonly state: TaskState;
  readonly result: string;
  /** What the result can be put together from again. */
  readonly response?: readonly unknown[];
};

function succeed(step: Step, thread: Thread, { state, result, response }: Success): void {
  const { resource } = state;
  if (isTooLarge(result)) {
    taskFailed(step, thread, dataLimitExceeded(resource.kind === 'function' ? resource.arn : 'lambda'));
    return;
  }
  const details = { output: result, ...(response === undefined ? {} : { response }), ...tokenFlag(state) };
  recordEvent(step, thread, {
    type: resource.kind === 'function' ? 'LambdaFunctionSucceeded' : 'TaskSucceeded',
    details,
  });
  forgetDeadlines(thread);
  try {
    const extra = isPlain(state) ? {} : { result: JSON.parse(result) };
    leaveState(step, thread, { ...state, fallback: result, extra });
  } catch (error) {
    failState(step, thread, failureOf(step, thread, error));
  }
}

/** Without expressions after the task, the result is never read as a value. */
function isPlain({ output, assign }: TaskState): boolean {
  return (output?.isConstant ?? true) && (assign?.isConstant ?? true);
}

function taskFailed(step: Step, thread: Thread, failure: Failure): void {
  const state = stateOf(step, thread);
  if (state.type !== 'Task') return;
  recordEvent(step, thread, {
    type: state.resource.kind === 'function' ? 'LambdaFunctionFailed' : 'TaskFailed',
    details: { ...reasonOf(failure), ...tokenFlag(state) },
  });
  failState(step, thread, failure);
}

/** Writes that a task ran out of its time; what follows from it is for the caller. */
export function recordTimeout(step: Step, thread: Thread, { error }: Failure): void {
  const state = stateOf(step, thread);
  if (state.type !== 'Task') return;
  recordEvent(step, thread, {
    type: state.resource.kind === 'function' ? 'LambdaFunctionTimedOut' : 'TaskTimedOut',
    details: { error, ...tokenFlag(state) },
  });
}

/** Tells the reader of the history which of the two integrations it was. */
function tokenFlag({ resource }: TaskState): { readonly token?: 1 } {
  return resource.kind === 'invoke' && resource.waitsForToken ? { token: 1 } : {};
}
