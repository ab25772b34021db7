import { forgetAttempts } from './leave.ts';
import { addEvent, stateOf, type Step } from './step.ts';

/** An execution can be redriven for this long after it ended. */
export const REDRIVABLE_MILLISECONDS = 14 * 24 * 60 * 60 * 1000;

/**
 * Goes on with the state that failed. A Task, a Map or a Parallel begins again without being entered again; the others
 * are entered again. (AWS repeats only the branches that failed; here the whole Map or Parallel is repeated.)
 */
export function redrive(step: Step): void {
  const { execution, now } = step;
  const details = { redriveCount: execution.redrives };
  const id = addEvent(step, { type: 'ExecutionRedriven', previous: execution.lastEvent, at: now, details });
  execution.status = 'RUNNING';
  execution.stopped = null;
  execution.error = null;
  execution.cause = null;
  for (const thread of execution.threads) {
    const { type } = stateOf(step, thread);
    const begins = type === 'Task' || type === 'Map' || type === 'Parallel' || type === 'Wait';
    forgetAttempts(thread);
    thread.phase = begins && thread.entered !== 0 ? 'begin' : 'enter';
    thread.last = id;
    step.ready.push(thread);
  }
}
