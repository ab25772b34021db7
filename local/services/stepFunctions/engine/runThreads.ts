import type { State } from '../definition/definition.ts';
import { closeExecution } from './transitions/closeExecution.ts';
import type { Thread } from './records/execution.ts';
import { failState, failureOf } from './transitions/failState.ts';
import { runChoice } from './states/runChoice.ts';
import { runFail } from './states/runFail.ts';
import { runMap } from './states/runMap.ts';
import { runParallel } from './states/runParallel.ts';
import { runPass } from './states/runPass.ts';
import { recordStarted, runTask } from './states/runTask.ts';
import { runWait } from './states/runWait.ts';
import { HistoryFull, inputOf, MAX_EVENTS, recordEvent, stateOf, type Step } from './transitions/step.ts';

/** Runs every thread that can go on until each of them waits or the execution ends. */
export function runThreads(step: Step): void {
  for (let thread = step.ready.shift(); thread !== undefined; thread = step.ready.shift())
    runThread(step, thread);
  for (const thread of step.scheduled.splice(0)) {
    const state = stateOf(step, thread);
    if (state.type === 'Task') recordStarted(step, thread, state);
    step.started.push(thread);
  }
}

/** Does something to an execution, and what follows from it; a full history ends it. */
export function runStep(step: Step, change: () => void): void {
  try {
    change();
    runThreads(step);
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    closeExecution(step, {
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
      previous: step.execution.lastEvent,
    });
  }
}

function runThread(step: Step, thread: Thread): void {
  try {
    if (thread.phase === 'enter' && step.isEnding) {
      closeExecution(step, { status: 'ABORTED', previous: 0 });
      return;
    }
    if (thread.phase === 'enter') enter(step, thread);
    const state = stateOf(step, thread);
    runState(state.type, state, { step, thread });
  } catch (error) {
    failState(step, thread, failureOf(step, thread, error));
  }
}

function enter(step: Step, thread: Thread): void {
  const { name, type } = stateOf(step, thread);
  thread.before = thread.last;
  thread.entered = recordEvent(step, thread, {
    type: `${type}StateEntered`,
    details: { name, input: inputOf(step, thread) },
  });
  thread.enteredAt = step.now;
  thread.phase = 'begin';
}

type Type = State['type'];
type StateOf<T extends Type> = { readonly [One in T]: Extract<State, { readonly type: One }> }[T];
type RunState<T extends Type> = (step: Step, thread: Thread, state: StateOf<T>) => void;

const RUN: { readonly [T in Type]: RunState<T> } = {
  Pass: runPass,
  Succeed: runPass,
  Fail: runFail,
  Wait: runWait,
  Choice: runChoice,
  Task: runTask,
  Parallel: runParallel,
  Map: runMap,
};

type Place = { readonly step: Step; readonly thread: Thread };

function runState<T extends Type>(type: T, state: StateOf<T>, { step, thread }: Place): void {
  RUN[type](step, thread, state);
}
