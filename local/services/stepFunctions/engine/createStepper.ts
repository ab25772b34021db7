import type { Clock } from '../../../ground/clock/clock.ts';
import type { Events } from '../../events/events.ts';
import type { Store } from '../../../ground/store/store.ts';
import { createEventLog } from '../history/eventLog.ts';
import type { Invoker } from './createInvoker.ts';
import type { Execution, Thread } from './records/execution.ts';
import { nextDue, type ExecutionStore } from './records/executionStore.ts';
import { passDeadlines } from './passDeadlines.ts';
import { runStep } from './runThreads.ts';
import { statusChange } from './statusChange.ts';
import type { Step } from './transitions/step.ts';
import type { TaskTokens } from './records/taskTokens.ts';

/** Takes executions step by step, each at its moment. */
export type Stepper = {
  /** One step of an execution: the change, what follows from it, and all of it into the store. */
  readonly take: (execution: Execution, change: (step: Step) => void, now?: number) => void;
  /** An execution that runs, after all that became due before now; null when it has ended. */
  readonly loadRunning: (id: number) => Execution | null;
  /** The nearest moment of an execution whose deadline has come. */
  readonly passDeadline: (id: number) => void;
  /** Invokes again what a crash has cut. */
  readonly resume: (execution: Execution) => void;
};

export type StepperDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: Events;
  readonly tokens: TaskTokens;
  readonly isRemoved: (machineId: number) => boolean;
  readonly executions: ExecutionStore;
  readonly invoker: Invoker;
};

export function createStepper(dependencies: StepperDependencies): Stepper {
  const { clock, events, executions, invoker } = dependencies;

  function take(execution: Execution, change: (step: Step) => void, now = clock.now()): void {
    const step = stepOf(execution, now, dependencies);
    runStep(step, () => change(step));
    step.log.save();
    executions.save(execution);
    if (execution.status !== 'RUNNING') events.emit(statusChange(execution));
    for (const thread of step.started) invoker.invokeAfterChange(execution.id, thread);
  }

  /** One moment after the other; a Lambda that begins in one of them begins before the next one comes. */
  function passNextDeadline(execution: Execution): void {
    const due = nextDue(execution);
    if (due <= clock.now()) take(execution, passDeadlines, due);
    else executions.save(execution);
  }

  function loadRunning(id: number): Execution | null {
    const execution = executions.load(id);
    if (execution === null) return null;
    resume(execution);
    while (execution.status === 'RUNNING' && nextDue(execution) <= clock.now()) passNextDeadline(execution);
    return execution.status === 'RUNNING' ? execution : null;
  }

  function resume(execution: Execution): void {
    if (execution.status === 'RUNNING') resumeFunctions(execution, dependencies);
  }

  function passDeadline(id: number): void {
    const execution = executions.load(id);
    if (execution?.status !== 'RUNNING') return;
    execution.scheduled = null;
    resume(execution);
    passNextDeadline(execution);
  }

  return { take, loadRunning, passDeadline, resume };
}

function stepOf(execution: Execution, now: number, dependencies: StepperDependencies): Step {
  const { store, clock, tokens, isRemoved } = dependencies;
  return {
    execution,
    now,
    actual: clock.now(),
    log: createEventLog(store, execution),
    ready: [],
    scheduled: [],
    started: [],
    before: null,
    tokenOf: (generation) => tokens.tokenOf({ executionId: execution.id, generation }),
    isEnding: isRemoved(execution.revision.machineId),
  };
}

type Functions = Pick<StepperDependencies, 'clock' | 'invoker' | 'executions'>;

/** Gives functions that run their whole time, and invokes again those that a crash has cut. */
function resumeFunctions(execution: Execution, { clock, invoker, executions }: Functions): void {
  const invoking = execution.threads.filter(({ phase }) => phase === 'invoking');
  for (const thread of invoking) extendTimeout(execution, thread, { clock, invoker });
  const cut = invoking.filter((thread) => !invoker.isInvoked(execution.id, thread));
  for (const thread of cut) {
    if (thread.timeoutMilliseconds !== undefined) thread.due = clock.now() + thread.timeoutMilliseconds;
    invoker.invokeAfterChange(execution.id, thread);
  }
  if (cut.length > 0) executions.save(execution);
}

/** A function has its whole time from when it begins: what waits for its turn, or was spared a jump, is not late. */
function extendTimeout(
  execution: Execution,
  thread: Thread,
  { clock, invoker }: Pick<Functions, 'clock' | 'invoker'>,
): void {
  const { due = Infinity, timeoutMilliseconds } = thread;
  if (timeoutMilliseconds === undefined || due > clock.now()) return;
  const begun = Math.min(invoker.begunAt(execution.id, thread), clock.now());
  thread.due = Math.max(due, begun + timeoutMilliseconds);
}
