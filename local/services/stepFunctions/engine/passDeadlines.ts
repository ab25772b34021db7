import { closeExecution } from './transitions/closeExecution.ts';
import type { Thread } from './records/execution.ts';
import { failState } from './transitions/failState.ts';
import { HEARTBEAT_TIMEOUT, TIMEOUT, type Failure } from './transitions/failure.ts';
import { runThreads } from './runThreads.ts';
import { recordTimeout } from './transitions/settleTask.ts';
import type { Step } from './transitions/step.ts';

type Due = { readonly thread: Thread; readonly at: number; readonly isHeartbeat: boolean };

/**
 * Everything of an execution that is due at one moment. All tasks that timed out say so before the first of them takes
 * its siblings with it.
 */
export function passDeadlines(step: Step): void {
  const { execution, now } = step;
  const timedOut: { readonly thread: Thread; readonly failure: Failure }[] = [];
  for (const { thread, isHeartbeat } of execution.threads.map(dueOf).filter(({ at }) => at <= now)) {
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
  runThreads(step);
  // The machine's own TimeoutSeconds, or the year that an execution lives at most.
  if (execution.status === 'RUNNING' && execution.end <= now) {
    closeExecution(step, { status: 'TIMED_OUT', error: 'States.Timeout', previous: 0 });
  }
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
