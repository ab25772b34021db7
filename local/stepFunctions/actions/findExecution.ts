import type { Execution } from '../engine/execution.ts';
import type { Machine } from '../engine/machineStore.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Context } from '../protocol/action.ts';
import { requiredArn } from '../protocol/arn.ts';
import type { Members } from '../protocol/members.ts';

const EXECUTION_ARN = /^(?<before>arn:[^:]*:states:[^:]*:[^:]*:)execution:(?<machine>[^:]+):(?<name>[^:]+)$/;

/** The execution that the member `executionArn` names, also when its machine has been deleted. */
export function findExecution(members: Members, { store, engine }: Context): Execution {
  const arn = requiredArn(members, 'executionArn');
  const groups = EXECUTION_ARN.exec(arn)?.groups;
  const machineArn = `${groups?.['before'] ?? ''}stateMachine:${groups?.['machine'] ?? ''}`;
  const row = store.statement('SELECT id FROM sfn_machines WHERE arn = ?').get(machineArn);
  const id = row === undefined ? null : engine.executions.idOf(Number(row['id']), groups?.['name'] ?? '');
  const execution = id === null ? null : engine.executions.load(id);
  if (execution !== null) return execution;
  throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

/** The machine that the member `stateMachineArn` names. */
export function findMachine(members: Members, { machines }: Context): Machine {
  const arn = requiredArn(members, 'stateMachineArn');
  const machine = machines.byArn(arn);
  if (machine !== null) return machine;
  throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}
