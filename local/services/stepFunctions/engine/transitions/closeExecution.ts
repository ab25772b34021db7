import { addEvent, type Step } from './step.ts';

/** How an execution ends. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: string; readonly previous: number }
  | {
      readonly status: 'FAILED' | 'ABORTED' | 'TIMED_OUT';
      readonly error?: string | undefined;
      readonly cause?: string | undefined;
      readonly previous: number;
    };

const ENDING_EVENTS = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
} as const satisfies Readonly<Record<Ending['status'], string>>;

/** Ends an execution. What did not succeed keeps its threads, with which a redrive goes on. */
export function closeExecution(step: Step, ending: Ending): void {
  const { execution, now: at } = step;
  const details = ending.status === 'SUCCEEDED' ? { output: ending.output } : reasonOf(ending);
  addEvent(step, { type: ENDING_EVENTS[ending.status], previous: ending.previous, at, details });
  execution.status = ending.status;
  execution.stopped = at;
  execution.threads = ending.status === 'SUCCEEDED' ? [] : [...(step.before ?? execution.threads)];
  step.ready.length = 0;
  step.scheduled.length = 0;
  step.started.length = 0;
  if (ending.status === 'SUCCEEDED') {
    execution.output = ending.output;
  } else if (ending.status !== 'TIMED_OUT') {
    // AWS tells the error of a timeout in the history only.
    execution.error = ending.error ?? null;
    execution.cause = ending.cause ?? null;
  }
}

type Reason = { readonly error?: string | undefined; readonly cause?: string | undefined };

/** Only what is given: AWS leaves out an absent error or cause. */
export function reasonOf({ error, cause }: Reason): Readonly<Record<string, string>> {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
