import type { Scheduler } from '../../../../ground/scheduler/scheduler.ts';
import type { Store } from '../../../../ground/store/store.ts';
import { EVENTS_PER_EXECUTION } from '../../history/eventLog.ts';
import { hideName, revealName, shortText, wholeText } from '../../shortText.ts';
import {
  executionArn,
  newExecution,
  type NewExecution,
  STATUSES,
  type Execution,
  type Revision,
  type Status,
  type Thread,
} from './execution.ts';

type Row = NonNullable<ReturnType<ReturnType<Store['statement']>['get']>>;

export type ExecutionStore = {
  readonly create: (execution: NewExecution) => Execution;
  readonly load: (id: number) => Execution | null;
  /** Writes the execution and moves its deadline. */
  readonly save: (execution: Execution) => void;
  /** Executions with an invocation that a crash would have cut. */
  readonly underWay: () => readonly number[];
  readonly idOf: (machineId: number, name: string) => number | null;
  readonly remove: (id: number) => void;
};

/** The scheduler's kind of the deadlines here; a key is an execution's id. */
export const DEADLINE = 'stepFunctions';

type Dependencies = {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly revisionOf: (id: number) => Revision;
};

export function createExecutionStore({ store, scheduler, revisionOf }: Dependencies): ExecutionStore {
  return {
    create: (execution) => newExecution(insertExecution(store, execution), execution),
    load: (id) => {
      const row = store.statement('SELECT * FROM sfn_executions WHERE id = ?').get(id);
      return row === undefined ? null : parseExecution(row, revisionOf(Number(row['revision'])));
    },
    save: (execution) => {
      schedule(execution, scheduler);
      updateExecution(store, execution);
    },
    underWay: () =>
      store
        .statement('SELECT id FROM sfn_executions WHERE under_way = 1 ORDER BY id')
        .all()
        .map((row) => Number(row['id'])),
    idOf: (machineId, name) => {
      const row = store
        .statement('SELECT id FROM sfn_executions WHERE machine = ? AND name = ?')
        .get(machineId, name);
      return row === undefined ? null : Number(row['id']);
    },
    remove: (id) => {
      const first = id * EVENTS_PER_EXECUTION;
      store
        .statement('DELETE FROM sfn_events WHERE id >= ? AND id < ?')
        .run(first, first + EVENTS_PER_EXECUTION);
      store.statement('DELETE FROM sfn_executions WHERE id = ?').run(id);
    },
  };
}

/** Answers the id of the new row. */
function insertExecution(store: Store, { revision, name, started, input }: NewExecution): number {
  const { lastInsertRowid } = store
    .statement(
      `INSERT INTO sfn_executions (machine, revision, name, status, under_way, started, input, state)
       VALUES (?, ?, ?, 0, 0, ?, ?, '')`,
    )
    .run(revision.machineId, revision.id, name, started, hideName(input, name));
  return Number(lastInsertRowid);
}

function updateExecution(store: Store, execution: Execution): void {
  store
    .statement(
      `UPDATE sfn_executions SET status = ?, under_way = ?, stopped = ?, output = ?, error = ?, cause = ?,
       redrives = ?, redriven = ?, state = ? WHERE id = ?`,
    )
    .run(
      STATUSES.indexOf(execution.status),
      isUnderWay(execution) ? 1 : 0,
      execution.stopped,
      execution.output === null ? null : hideName(execution.output, execution.name),
      execution.error,
      execution.cause,
      execution.redrives,
      execution.redriven,
      shortText(stateText(execution), execution),
      execution.id,
    );
}

function isUnderWay({ status, threads }: Execution): boolean {
  return status === 'RUNNING' && threads.some(({ phase }) => phase === 'invoking');
}

/** One deadline for each execution: the nearest of its threads' and its own. */
function schedule(execution: Execution, scheduler: Scheduler): void {
  const due = execution.status === 'RUNNING' ? nextDue(execution) : null;
  if (due === execution.scheduled) return;
  if (due === null) scheduler.cancel(DEADLINE, String(execution.id));
  else scheduler.set(DEADLINE, String(execution.id), due);
  execution.scheduled = due;
}

/** The nearest deadline of an execution that runs: one of its threads' or its own. */
export function nextDue({ threads, end }: Execution): number {
  return Math.min(end, ...threads.map(({ due, heartbeatDue }) => Math.min(due ?? end, heartbeatDue ?? end)));
}

type StoredState = {
  readonly redriveToken?: string | null;
  readonly threads: Thread[];
  readonly lastEvent: number;
  readonly generations: number;
  readonly threadCount: number;
  readonly end: number;
  readonly scheduled: number | null;
};

function stateText(execution: Execution): string {
  const { threads, lastEvent, generations, threadCount, end, scheduled, redriveToken } = execution;
  return JSON.stringify({
    threads,
    lastEvent,
    generations,
    threadCount,
    end,
    scheduled,
    ...(redriveToken === undefined || redriveToken === null ? {} : { redriveToken }),
  } satisfies StoredState);
}

function parseExecution(row: Row, revision: Revision): Execution {
  const name = String(row['name']);
  const input = revealName(String(row['input']), name);
  const state: StoredState = JSON.parse(wholeText(String(row['state']), { name, input }));
  return {
    id: Number(row['id']),
    revision,
    name,
    arn: executionArn(revision.machineArn, name),
    input,
    started: Number(row['started']),
    status: parseStatus(row['status']),
    stopped: parseOptional(row['stopped'], Number),
    output: parseOptional(row['output'], (text) => revealName(String(text), name)),
    error: parseOptional(row['error'], String),
    cause: parseOptional(row['cause'], String),
    redrives: Number(row['redrives']),
    redriven: parseOptional(row['redriven'], Number),
    ...state,
  };
}

export function parseStatus(value: unknown): Status {
  return STATUSES[Number(value)] ?? 'FAILED';
}

function parseOptional<T>(value: unknown, parse: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : parse(value);
}
