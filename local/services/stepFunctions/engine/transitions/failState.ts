import type { Catcher, Retrier } from '../../definition/definition.ts';
import { QueryEvaluationError } from '../../definition/template.ts';
import { closeExecution } from './closeExecution.ts';
import { parentOf, type Thread } from '../records/execution.ts';
import { errorOutput, type Failure, matchesError, runtimeFailure, StateFailed } from './failure.ts';
import { forgetDeadlines, leaveState } from './leaveState.ts';
import { HistoryFull, recordEvent, stateOf, type Step } from './step.ts';

const MILLISECONDS = 1000;

/** A state failed: it is retried, or caught, or takes its branch, its iteration or the execution with it. */
export function failState(step: Step, thread: Thread, failure: Failure): void {
  forgetDeadlines(thread);
  delete thread.request;
  const state = stateOf(step, thread);
  abortChildren(step, thread, thread.last); // of a Map that fails to begin one more iteration
  if ('retry' in state && retry(step, thread, { retriers: state.retry, failure })) return;
  if (state.type === 'Map' || state.type === 'Parallel') {
    recordEvent(step, thread, { type: `${state.type}StateFailed` });
  }
  delete thread.children;
  const catcher = 'catch' in state ? findFor(state.catch, failure) : undefined;
  if (catcher === undefined) giveUp(step, thread, failure);
  else catchFailure(step, thread, { catcher, failure });
}

/** What a state threw while it ran, as a failure; writes the event of a failed evaluation. */
export function failureOf(step: Step, thread: Thread, error: unknown): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (error instanceof HistoryFull) throw error;
  if (error instanceof QueryEvaluationError) return evaluationFailed(step, thread, error);
  const message = error instanceof Error ? error.message : String(error);
  return runtimeFailure(`${whileExecuting(thread)} The local Step Functions failed: ${message}`);
}

export function whileExecuting(thread: Thread): string {
  return `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.entered}).`;
}

function evaluationFailed(step: Step, thread: Thread, error: QueryEvaluationError): Failure {
  const failure = {
    error: 'States.QueryEvaluationError',
    cause: `${whileExecuting(thread)} ${error.message}`,
    kind: 'error',
  } as const;
  const { location } = error;
  // Recorded on AWS: a state that failed at once is skipped by the chain of events, but not a Wait.
  const skips = thread.last === thread.entered && stateOf(step, thread).type !== 'Wait';
  recordEvent(step, thread, {
    type: 'EvaluationFailed',
    previous: skips ? thread.before : thread.last,
    details: {
      error: failure.error,
      cause: failure.cause,
      state: thread.state,
      ...(location === null ? {} : { location }),
    },
  });
  return failure;
}

type Retrying = { readonly retriers: readonly Retrier[]; readonly failure: Failure };

function retry(step: Step, thread: Thread, { retriers, failure }: Retrying): boolean {
  const retrier = findFor(retriers, failure);
  if (retrier === undefined) return false;
  const index = retriers.indexOf(retrier);
  const attempts = thread.attempts ?? retriers.map(() => 0);
  const attempt = attempts[index] ?? 0;
  if (attempt >= retrier.maxAttempts) return false;
  step.before = null;
  attempts[index] = attempt + 1;
  thread.attempts = attempts;
  thread.retries = (thread.retries ?? 0) + 1;
  thread.phase = 'retrying';
  delete thread.children;
  const pause = Math.ceil(delaySeconds(retrier, attempt) * MILLISECONDS);
  thread.due = Math.min(step.now + pause, Number.MAX_SAFE_INTEGER); // a long backoff grows without an end
  return true;
}

/** The pause before retry number `attempt` (from 0) of a retrier. */
export function delaySeconds(retrier: Retrier, attempt: number, random: () => number = Math.random): number {
  const { intervalSeconds, backoffRate, maxDelaySeconds, hasJitter } = retrier;
  const full = Math.min(intervalSeconds * backoffRate ** attempt, maxDelaySeconds ?? Infinity);
  return hasJitter ? full * random() : full;
}

function findFor<T extends { readonly errorEquals: readonly string[] }>(
  handlers: readonly T[],
  failure: Failure,
): T | undefined {
  return handlers.find(({ errorEquals }) => errorEquals.some((name) => matchesError(name, failure)));
}

type Catching = { readonly catcher: Catcher; readonly failure: Failure };

function catchFailure(step: Step, thread: Thread, { catcher, failure }: Catching): void {
  const output = errorOutput(failure);
  try {
    leaveState(step, thread, {
      ...catcher,
      fallback: JSON.stringify(output),
      extra: { errorOutput: output },
    });
    step.before = null;
  } catch (error) {
    giveUp(step, thread, failureOf(step, thread, error));
  }
}

function giveUp(step: Step, thread: Thread, failure: Failure): void {
  const { execution } = step;
  const parent = parentOf(execution, thread);
  if (parent === undefined) {
    closeExecution(step, { status: 'FAILED', ...failure, previous: thread.last });
    return;
  }
  step.before ??= structuredClone(execution.threads);
  const previous = thread.last;
  const { name, type } = stateOf(step, parent);
  if (type === 'Map') {
    const details = { name, index: thread.index };
    recordEvent(step, thread, { type: 'MapIterationFailed', details, previous, advances: false });
  }
  abort(step, thread, previous);
  abortChildren(step, parent, previous);
  parent.last = previous;
  failState(step, parent, failure);
}

function abortChildren(step: Step, parent: Thread, previous: number): void {
  const children = step.execution.threads.filter((one) => one.parent === parent.id);
  if (children.length === 0) return;
  const { name, type } = stateOf(step, parent);
  for (const child of children) {
    if (type === 'Map') {
      const details = { name, index: child.index };
      recordEvent(step, child, { type: 'MapIterationAborted', details, previous });
    }
    abort(step, child, previous);
  }
}

/** Takes a thread and those within it out of the execution. */
function abort(step: Step, thread: Thread, previous: number): void {
  const { execution } = step;
  abortChildren(step, thread, previous);
  const { type } = stateOf(step, thread);
  if (type === 'Task' || type === 'Wait' || type === 'Map' || type === 'Parallel') {
    if (thread.phase !== 'enter')
      recordEvent(step, thread, { type: `${type}StateAborted`, previous, advances: false });
  }
  execution.threads = execution.threads.filter((one) => one !== thread);
  for (const list of [step.ready, step.scheduled, step.started]) {
    const index = list.indexOf(thread);
    if (index !== -1) list.splice(index, 1);
  }
}
