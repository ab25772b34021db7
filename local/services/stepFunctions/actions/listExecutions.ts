import { executionArn, STATUSES, type Status } from '../engine/records/execution.ts';
import { parseStatus } from '../engine/records/executionStore.ts';
import type { Machine } from '../engine/records/machineStore.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action, type Context } from '../wire/action.ts';
import { MAX_PAGE_ITEMS, pageSize } from '../wire/pageTokens.ts';
import { findMachine } from './findExecution.ts';

const FILTERS = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

/** The newest first. */
export const listExecutions: Action = (members, context) => {
  const maxResults = members.integer('maxResults', { minimum: 0, maximum: MAX_PAGE_ITEMS });
  const nextToken = members.text('nextToken', { minimum: 1, maximum: 3096 });
  const filter = members.oneOf('statusFilter', FILTERS);
  const redriveFilter = members.oneOf('redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
  if (members.text('mapRunArn') !== undefined) {
    throw new StepFunctionsError(
      'ValidationException',
      'The local Step Functions has no Map Runs: mapRunArn is not supported.',
    );
  }
  const machine = findMachine(members, context);
  const request = `executions/${machine.id}/${filter ?? ''}/${redriveFilter ?? ''}`;
  const before = nextToken === undefined ? Infinity : Number(context.pages.placeOf(request, nextToken));
  const statuses = filter === undefined ? STATUSES : STATUSES.filter((status) => status === filter);
  const size = pageSize(maxResults);
  const found = statuses
    .flatMap((status) => select(context, { machine, status, before, redriveFilter, count: size + 1 }))
    .toSorted((left, right) => right.id - left.id);
  const page = found.slice(0, size);
  const last = page.at(-1);
  return {
    executions: page.map(({ description }) => description),
    ...(found.length > size && last !== undefined
      ? { nextToken: context.pages.tokenOf(request, last.id) }
      : {}),
  };
};

type Selection = {
  readonly machine: Machine;
  readonly status: Status;
  readonly before: number;
  readonly redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN' | undefined;
  readonly count: number;
};

const REDRIVES = { REDRIVEN: 'redrives > 0', NOT_REDRIVEN: 'redrives = 0' };

function select({ store }: Context, { machine, status, before, redriveFilter, count }: Selection) {
  const redrives = redriveFilter === undefined ? '1' : REDRIVES[redriveFilter];
  return store
    .statement(
      `SELECT id, name, status, started, stopped, redrives, redriven FROM sfn_executions
       WHERE machine = ? AND status = ? AND id < ? AND ${redrives} ORDER BY id DESC LIMIT ?`,
    )
    .all(machine.id, STATUSES.indexOf(status), Math.min(before, Number.MAX_SAFE_INTEGER), count)
    .map((row) => ({ id: Number(row['id']), description: describe(row, machine) }));
}

function describe(row: Readonly<Record<string, unknown>>, machine: Machine) {
  const name = String(row['name']);
  const { stopped, redriven } = row;
  return {
    executionArn: executionArn(machine.arn, name),
    stateMachineArn: machine.arn,
    name,
    status: parseStatus(row['status']),
    startDate: seconds(Number(row['started'])),
    ...(stopped === null ? {} : { stopDate: seconds(Number(stopped)) }),
    redriveCount: Number(row['redrives']),
    ...(redriven === null ? {} : { redriveDate: seconds(Number(redriven)) }),
  };
}
