import type { Thread } from '../records/execution.ts';
import { forgetAttempts } from './leaveState.ts';
import { addEvent, stateOf, type Step } from './step.ts';

/** An execution can be redriven for this long after it ended. */
export const REDRIVABLE_MILLISECONDS = 14 * 24 * 60 * 60 * 1000;

/**
 * Goes on with the states that failed or were cut off: branches and iterations that had ended stay ended. A Task or a
 * Wait begins again without being entered again; the others are entered again.
 */
export function redriveExecution(step: Step): void {
  const { execution, now } = step;
  const details = { redriveCount: execution.redrives };
  const id = addEvent(step, { type: 'ExecutionRedriven', previous: execution.lastEvent, at: now, details });
  execution.status = 'RUNNING';
  execution.stopped = null;
  execution.error = null;
  execution.cause = null;
  for (const thread of execution.threads) beginAgain(step, thread, id);
}

function beginAgain(step: Step, thread: Thread, id: number): void {
  const { children } = thread;
  const { type } = stateOf(step, thread);
  forgetAttempts(thread);
  thread.last = id;
  if (children !== undefined && thread.phase === 'children') {
    thread.children = { ...children, last: id };
    if (children.running === 0) step.ready.push(thread);
    return;
  }
  const begins = type === 'Task' || type === 'Map' || type === 'Parallel' || type === 'Wait';
  thread.phase = begins && thread.entered !== 0 ? 'begin' : 'enter';
  step.ready.push(thread);
}
