import { closeExecution } from './close.ts';
import type { Thread } from './execution.ts';
import { failState } from './fail.ts';
import { HEARTBEAT_TIMEOUT, TIMEOUT, type Failure } from './failure.ts';
import { run } from './run.ts';
import { recordTimeout } from './settle.ts';
import type { Step } from './step.ts';

type Due = { readonly thread: Thread; readonly at: number; readonly isHeartbeat: boolean };

/**
 * Everything of an execution that is due by now, in the order in which it became due: it may be long overdue when the
 * cloud was down. All tasks that timed out say so before the first of them takes its siblings with it.
 */
export function passDeadlines(step: Step): void {
  const { execution, now } = step;
  const eventsBefore = execution.lastEvent;
  const due = execution.threads.map(dueOf).filter(({ at }) => at <= now && at <= execution.end);
  const timedOut: { readonly thread: Thread; readonly failure: Failure }[] = [];
  for (const { thread, isHeartbeat } of due.toSorted((left, right) => left.at - right.at)) {
    if (thread.phase === 'waiting') step.ready.push(thread);
    else if (thread.phase === 'retrying') retryNow(step, thread);
    else {
      const failure = isHeartbeat ? HEARTBEAT_TIMEOUT : TIMEOUT;
      recordTimeout(step, thread, failure);
      timedOut.push({ thread, failure });
    }
  }
  for (const { thread, failure } of timedOut) {
    if (execution.threads.includes(thread)) failState(step, thread, failure);
  }
  run(step);
  if (execution.status === 'RUNNING' && execution.end <= now) timeOut(step, eventsBefore);
}

function dueOf(thread: Thread): Due {
  const due = thread.due ?? Infinity;
  const heartbeat = thread.heartbeatDue ?? Infinity;
  return { thread, at: Math.min(due, heartbeat), isHeartbeat: heartbeat < due };
}

function retryNow(step: Step, thread: Thread): void {
  delete thread.due;
  thread.phase = 'begin';
  step.ready.push(thread);
}

/**
 * The machine's own TimeoutSeconds, or the year that an execution lives at most. It ends when it should have ended,
 * but not before an event that was written since.
 */
function timeOut(step: Step, eventsBefore: number): void {
  const { execution, now } = step;
  const at = execution.lastEvent === eventsBefore ? execution.end : now;
  closeExecution(step, { status: 'TIMED_OUT', error: 'States.Timeout', previous: 0, at });
}
