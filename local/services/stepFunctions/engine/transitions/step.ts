import type { State } from '../../definition/definition.ts';
import type { EventDetails, EventLog } from '../../history/eventLog.ts';
import type { EventType } from '../../history/eventTypes.ts';
import type { Execution, Thread } from '../records/execution.ts';

/** What happens to one execution within one transaction. */
export type Step = {
  readonly execution: Execution;
  /** When it happens: what became due while the process was down happens at its own time. */
  readonly now: number;
  /** The time by the clock; a Lambda runs now at the earliest, whatever it is due since. */
  readonly actual: number;
  readonly log: EventLog;
  /** Threads that can go on now; the first goes first. */
  readonly ready: Thread[];
  /** Threads whose attempt is scheduled, but not started yet. */
  readonly scheduled: Thread[];
  /** Threads whose Lambda is invoked once the step is on disk. */
  readonly started: Thread[];
  /** The threads as they were before a failure took a branch or an iteration down; a redrive goes on with them. */
  before: readonly Thread[] | null;
  readonly tokenOf: (generation: number) => string;
  /** Its machine is being deleted: the next transition ends the execution. */
  readonly isEnding: boolean;
};

/** AWS ends an execution with its 25,000th event. */
export const MAX_EVENTS = 25_000;

/** There is room for one event only: the one that ends the execution. */
export class HistoryFull extends Error {
  readonly type = 'HistoryFull';
}

export type Placement = {
  /** The event that this one follows; by default the thread's last. */
  readonly previous?: number;
  /** Whether the thread's next event follows this one. */
  readonly advances?: boolean;
};

/** Writes an event of a thread and answers its id. */
export function recordEvent(
  step: Step,
  thread: Thread,
  event: Placement & { readonly type: EventType; readonly details?: EventDetails },
): number {
  const { type, details, previous = thread.last, advances = true } = event;
  if (step.execution.lastEvent + 1 >= MAX_EVENTS) throw new HistoryFull();
  const id = addEvent(step, { type, previous, at: step.now, ...(details === undefined ? {} : { details }) });
  if (advances) thread.last = id;
  return id;
}

export type ExecutionEvent = {
  readonly type: EventType;
  readonly previous: number;
  readonly at: number;
  readonly details?: EventDetails;
};

/** Writes an event of the execution itself, whatever the number of its events. */
export function addEvent({ execution, log }: Step, event: ExecutionEvent): number {
  execution.lastEvent += 1;
  log.add(execution.lastEvent, event);
  return execution.lastEvent;
}

export function stateOf({ execution }: Step, thread: Thread): State {
  const state = execution.revision.definition.scopes[thread.scope]?.states.get(thread.state);
  if (state === undefined) throw new Error(`The definition has no state '${thread.state}'.`);
  return state;
}

export function inputOf({ execution }: Step, thread: Thread): string {
  return thread.input ?? execution.input;
}

/** Keeps the text only if it is not the execution's input, which is stored already. */
export function setInput({ execution }: Step, thread: Thread, text: string): void {
  thread.input = text === execution.input ? null : text;
}

/** Lets a thread go on in this step, before the others that can. */
export function continueThread(step: Step, thread: Thread): void {
  if (!step.ready.includes(thread)) step.ready.unshift(thread);
}
