import type { Thread } from './records/execution.ts';
import { addEvent, type Step } from './transitions/step.ts';

/** Writes that an execution has begun, and lets its first thread go. */
export function beginExecution(step: Step): void {
  const { execution, now } = step;
  const { input } = execution;
  addEvent(step, { type: 'ExecutionStarted', previous: 0, at: now, details: { input } });
  execution.threadCount = 1;
  const thread: Thread = {
    id: 1,
    parent: 0,
    scope: 0,
    index: 0,
    state: execution.revision.definition.scopes[0]?.startAt ?? '',
    phase: 'enter',
    input: null,
    last: 0, // recorded on AWS: the first state does not follow ExecutionStarted
    before: 0,
    entered: 0,
    enteredAt: 0,
    generation: 0,
  };
  execution.threads = [thread];
  step.ready.push(thread);
}
