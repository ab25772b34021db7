import type { WaitState } from '../../definition/definition.ts';
import { QueryEvaluationError, type Template } from '../../definition/template.ts';
import { isTimestamp, parseTimestamp } from '../../definition/timestamp.ts';
import { bindingsOf, evaluateInteger, evaluateTyped, SECONDS } from '../transitions/bindings.ts';
import type { Thread } from '../records/execution.ts';
import { runtimeFailure, StateFailed } from '../transitions/failure.ts';
import { leaveState } from '../transitions/leaveState.ts';
import { inputOf, type Step } from '../transitions/step.ts';

const MILLISECONDS = 1000;

/** AWS counts the seconds of a Wait in 31 bits. */
const MAX_WAIT_SECONDS = 2 ** 31 - 1;

/** Waits, or goes on when the wait is over. */
export function runWait(step: Step, thread: Thread, state: WaitState): void {
  const due = thread.due ?? endOf(step, thread, state);
  if (due > step.now) {
    thread.due = due;
    thread.phase = 'waiting';
    return;
  }
  delete thread.due;
  leaveState(step, thread, { ...state, fallback: inputOf(step, thread) });
}

function endOf(step: Step, thread: Thread, { seconds, timestamp }: WaitState): number {
  const bindings = bindingsOf(step, thread);
  const due =
    timestamp === null
      ? step.now + (evaluateInteger(seconds, bindings, SECONDS) ?? 0) * MILLISECONDS
      : momentOf(String(evaluateTyped(timestamp, bindings, 'string')), timestamp);
  if (due - step.now > MAX_WAIT_SECONDS * MILLISECONDS) {
    throw new StateFailed(runtimeFailure('Wait state delay is too long.'));
  }
  return due;
}

function momentOf(text: string, { location }: Template): number {
  if (isTimestamp(text)) return parseTimestamp(text);
  throw new QueryEvaluationError(
    `The ${location} field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    location,
  );
}
