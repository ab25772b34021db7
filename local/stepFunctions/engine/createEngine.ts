import type { Clock } from '../../clock/clock.ts';
import type { Events } from '../../events/events.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { Scheduler } from '../../scheduler/scheduler.ts';
import type { Store } from '../../store/store.ts';
import { createEventLog } from '../history/eventLog.ts';
import { closeExecution, reasonOf } from './close.ts';
import { threadOf, type Execution, type Request, type Revision, type Thread } from './execution.ts';
import { createExecutionStore, DEADLINE, type ExecutionStore } from './executionStore.ts';
import { invokeFunction, type Outcome } from './invocation.ts';
import { passDeadlines } from './passDeadlines.ts';
import { redrive } from './redrive.ts';
import { runStep } from './run.ts';
import { settleCallback, settleInvocation, type Callback } from './settle.ts';
import { statusChange } from './statusChange.ts';
import { addEvent, type Step } from './step.ts';
import { revealToken } from './tokenMark.ts';
import type { TaskTokens, TokenOwner } from './tokens.ts';

/** Runs executions. Everything but `start` and `stop` is called within a transaction. */
export type Engine = {
  readonly executions: ExecutionStore;
  readonly begin: (revision: Revision, name: string, input: string) => Execution;
  /** False when the task of the token is over. */
  readonly callBack: (token: TokenOwner, callback: Callback) => boolean;
  readonly heartbeat: (token: TokenOwner) => boolean;
  readonly abort: (
    execution: Execution,
    reason: { error: string | undefined; cause: string | undefined },
  ) => void;
  readonly redrive: (execution: Execution) => void;
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
};

const MILLISECONDS = 1000;

/** An execution lives a year at most. */
const LONGEST_EXECUTION_SECONDS = 365 * 24 * 60 * 60;

export function createEngine(dependencies: EngineDependencies): Engine {
  const { store, clock, scheduler, lambda, events, tokens } = dependencies;
  const executions = createExecutionStore(dependencies);
  /** Attempts that this process has invoked, so that a start does not invoke them again. */
  const invoked = new Set<string>();
  let isStopped = false;

  function stepOf(execution: Execution): Step {
    return {
      execution,
      now: clock.now(),
      log: createEventLog(store, execution),
      ready: [],
      scheduled: [],
      started: [],
      tokenOf: (generation) => tokens.tokenOf({ executionId: execution.id, generation }),
    };
  }

  /** One step of an execution: the change, what follows from it, and all of it into the store. */
  function take(execution: Execution, change: (step: Step) => void): void {
    const step = stepOf(execution);
    runStep(step, () => change(step));
    step.log.save();
    executions.save(execution);
    if (execution.status !== 'RUNNING') events.emit(statusChange(execution));
    for (const thread of step.started) invokeAfterCommit(execution, thread);
  }

  function invokeAfterCommit({ id }: Execution, { id: threadId, generation, request }: Thread): void {
    if (request === undefined) return;
    invoked.add(keyOf({ executionId: id, generation }));
    store.afterCommit(() => void invoke({ executionId: id, threadId, generation }, request));
  }

  async function invoke(attempt: Attempt, request: Request): Promise<void> {
    if (isStopped) return;
    const payload = revealToken(request.payload, () => tokens.tokenOf(attempt));
    const outcome = await invokeFunction(request, payload, { lambda, store });
    invoked.delete(keyOf(attempt));
    if (!isStopped) settle(attempt, outcome);
  }

  function settle({ executionId, threadId, generation }: Attempt, outcome: Outcome): void {
    store.transact(() => {
      const execution = executions.load(executionId);
      if (execution?.status !== 'RUNNING') return;
      const thread = threadOf(execution, threadId);
      if (thread?.phase !== 'invoking' || thread.generation !== generation) return;
      take(execution, (step) => settleInvocation(step, thread, outcome));
    });
  }

  type Waiting = { readonly execution: Execution; readonly thread: Thread };

  function waitingFor({
    executionId,
    generation,
  }: {
    executionId: number;
    generation: number;
  }): Waiting | null {
    const execution = executions.load(executionId);
    if (execution?.status !== 'RUNNING') return null;
    const thread = execution.threads.find((one) => one.generation === generation);
    const waits = thread?.phase === 'invoking' || thread?.phase === 'token';
    return thread !== undefined && waits ? { execution, thread } : null;
  }

  scheduler.handle(DEADLINE, (key) => {
    const execution = executions.load(Number(key));
    if (execution?.status !== 'RUNNING') return;
    execution.scheduled = null;
    take(execution, passDeadlines);
  });

  return {
    executions,
    begin: (revision, name, input) => {
      const started = clock.now();
      const end = started + longestMilliseconds(revision);
      const execution = executions.create({ revision, name, input, started, end });
      events.emit(statusChange(execution));
      take(execution, (step) => beginExecution(step));
      return execution;
    },
    callBack: (token, callback) => {
      const waiting = waitingFor(token);
      if (waiting === null) return false;
      take(waiting.execution, (step) => settleCallback(step, waiting.thread, callback));
      return true;
    },
    heartbeat: (token) => {
      const waiting = waitingFor(token);
      if (waiting === null) return false;
      const { execution, thread } = waiting;
      if (thread.heartbeatMilliseconds !== undefined) {
        thread.heartbeatDue = clock.now() + thread.heartbeatMilliseconds;
        executions.save(execution);
      }
      return true;
    },
    abort: (execution, reason) =>
      take(execution, (step) =>
        closeExecution(step, { status: 'ABORTED', ...reasonOf(reason), previous: 0 }),
      ),
    redrive: (execution) => {
      execution.redrives += 1;
      execution.redriven = clock.now();
      execution.end = execution.redriven + longestMilliseconds(execution.revision);
      take(execution, (step) => {
        redrive(step);
        events.emit(statusChange(execution));
      });
    },
    start: () => {
      for (const id of executions.underWay()) {
        store.transact(() => {
          const execution = executions.load(id);
          const cut = execution?.threads.filter(({ phase }) => phase === 'invoking') ?? [];
          for (const thread of cut) {
            if (
              execution !== null &&
              !invoked.has(keyOf({ executionId: id, generation: thread.generation }))
            ) {
              invokeAfterCommit(execution, thread);
            }
          }
        });
      }
    },
    stop: () => {
      isStopped = true;
    },
  };
}

type Attempt = TokenOwner & { readonly threadId: number };

function keyOf({ executionId, generation }: TokenOwner): string {
  return `${executionId}/${generation}`;
}

function longestMilliseconds({ definition }: Revision): number {
  return Math.min(definition.timeoutSeconds ?? Infinity, LONGEST_EXECUTION_SECONDS) * MILLISECONDS;
}

function beginExecution(step: Step): void {
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
    last: 0,
    before: 0,
    entered: 0,
    enteredAt: 0,
    generation: 0,
  };
  execution.threads = [thread];
  step.ready.push(thread);
}
