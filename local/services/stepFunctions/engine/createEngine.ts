import type { Clock } from '../../../ground/clock/clock.ts';
import type { Events } from '../../events/events.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { Scheduler } from '../../../ground/scheduler/scheduler.ts';
import type { Store } from '../../../ground/store/store.ts';
import { closeExecution, reasonOf } from './transitions/closeExecution.ts';
import {
  type Execution,
  MAX_EXECUTION_MILLISECONDS,
  type Revision,
  type Thread,
  threadOf,
} from './records/execution.ts';
import { createExecutionStore, DEADLINE, type ExecutionStore } from './records/executionStore.ts';
import { beginExecution } from './beginExecution.ts';
import { type Attempt, createInvoker } from './createInvoker.ts';
import { createStepper, type Stepper } from './createStepper.ts';
import type { Outcome } from './invokeFunction.ts';
import { redriveExecution } from './transitions/redriveExecution.ts';
import { type Callback, settleCallback, settleInvocation } from './transitions/settleTask.ts';
import { statusChange } from './statusChange.ts';
import type { TaskTokens, TokenOwner } from './records/taskTokens.ts';

/** Runs executions. Everything but `whenIdle`, `grantTime`, `start` and `stop` is called within a transaction. */
export type Engine = {
  readonly executions: ExecutionStore;
  readonly begin: (revision: Revision, name: string, input: string) => Execution;
  /** False when the task of the token is over. */
  readonly callBack: (token: TokenOwner, callback: Callback) => boolean;
  readonly heartbeat: (token: TokenOwner) => boolean;
  /** Does nothing to an execution that has ended. */
  readonly abort: (
    executionId: number,
    reason: { error: string | undefined; cause: string | undefined },
  ) => void;
  readonly redrive: (execution: Execution, clientToken: string | null) => void;
  /** Resolves when no function runs for an execution. */
  readonly whenIdle: () => Promise<void>;
  /** Call it before the clock is put forward: functions that began a moment ago keep their time. */
  readonly grantTime: (milliseconds: number) => void;
  /** Invokes again what a crash has cut. */
  readonly start: () => void;
  readonly stop: () => void;
};

export type EngineDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Lambda;
  readonly events: Events;
  readonly tokens: TaskTokens;
  readonly revisionOf: (id: number) => Revision;
  /** Whether a machine has been deleted. */
  readonly isRemoved: (machineId: number) => boolean;
};

const MILLISECONDS = 1000;

export function createEngine(dependencies: EngineDependencies): Engine {
  const { store, clock, scheduler, lambda, events, tokens } = dependencies;
  const executions = createExecutionStore(dependencies);
  const invoker = createInvoker({
    clock,
    lambda,
    store,
    tokens,
    settle: (attempt, outcome) => store.transactLater(() => settleAttempt(stepper, attempt, outcome)),
  });
  const stepper = createStepper({ ...dependencies, executions, invoker });

  scheduler.handle(DEADLINE, (key) => stepper.passDeadline(Number(key)));

  return {
    executions,
    begin: (revision, name, input) => {
      const started = clock.now();
      const end = endOf(revision, started, started);
      const execution = executions.create({ revision, name, input, started, end });
      events.emit(statusChange(execution));
      stepper.take(execution, beginExecution, started);
      return execution;
    },
    ...callbacksOf({ stepper, executions, clock }),
    abort: (id, reason) => {
      const execution = stepper.loadRunning(id);
      if (execution === null) return;
      stepper.take(execution, (step) =>
        closeExecution(step, { status: 'ABORTED', ...reasonOf(reason), previous: 0 }),
      );
    },
    redrive: (execution, clientToken) => {
      execution.redriveToken = clientToken;
      execution.redrives += 1;
      execution.redriven = clock.now();
      execution.end = endOf(execution.revision, execution.redriven, execution.started);
      stepper.take(execution, (step) => {
        redriveExecution(step);
        events.emit(statusChange(execution));
      });
    },
    start: () => {
      for (const id of executions.underWay()) {
        store.transact(() => {
          const execution = executions.load(id);
          if (execution !== null) stepper.resume(execution);
        });
      }
    },
    whenIdle: invoker.whenIdle,
    grantTime: invoker.grantTime,
    stop: invoker.stop,
  };
}

/** The result of a function, for the attempt that invoked it: a later attempt does not take it. */
function settleAttempt(stepper: Stepper, attempt: Attempt, outcome: Outcome): void {
  const execution = stepper.loadRunning(attempt.executionId);
  if (execution === null) return;
  const thread = threadOf(execution, attempt.threadId);
  if (thread?.phase !== 'invoking' || thread.generation !== attempt.generation) return;
  stepper.take(execution, (step) => settleInvocation(step, thread, outcome));
}

type CallbackDependencies = Pick<EngineDependencies, 'clock'> & {
  readonly stepper: Stepper;
  readonly executions: ExecutionStore;
};

/** What the holder of a task token may call. */
function callbacksOf(dependencies: CallbackDependencies): Pick<Engine, 'callBack' | 'heartbeat'> {
  const { stepper, executions, clock } = dependencies;
  return {
    callBack: (token, callback) => {
      const waiting = waitingFor(stepper, token);
      if (waiting === null) return false;
      stepper.take(waiting.execution, (step) => settleCallback(step, waiting.thread, callback));
      return true;
    },
    heartbeat: (token) => {
      const waiting = waitingFor(stepper, token);
      if (waiting === null) return false;
      const { execution, thread } = waiting;
      if (thread.heartbeatMilliseconds !== undefined) {
        thread.heartbeatDue = clock.now() + thread.heartbeatMilliseconds;
        executions.save(execution);
      }
      return true;
    },
  };
}

type Waiting = { readonly execution: Execution; readonly thread: Thread };

/** The task of a token; null when it is over. */
function waitingFor(stepper: Stepper, { executionId, generation }: TokenOwner): Waiting | null {
  const execution = stepper.loadRunning(executionId);
  const thread = execution?.threads.find((one) => one.generation === generation);
  const waits = thread?.phase === 'invoking' || thread?.phase === 'token';
  return execution !== null && thread !== undefined && waits ? { execution, thread } : null;
}

/** When an execution times out that began, or was redriven, at a time. */
function endOf({ definition }: Revision, began: number, started: number): number {
  const seconds = definition.timeoutSeconds ?? Infinity;
  return Math.min(began + seconds * MILLISECONDS, started + MAX_EXECUTION_MILLISECONDS);
}
