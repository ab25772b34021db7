import type { Execution } from '../engine/records/execution.ts';
import type { Machine } from '../engine/records/machineStore.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Context } from '../wire/action.ts';
import { requiredArn } from '../wire/arn.ts';
import type { Members } from '../wire/requestMembers.ts';

const EXECUTION_ARN = /^(?<before>arn:[^:]*:states:[^:]*:[^:]*:)execution:(?<machine>[^:]+):(?<name>[^:]+)$/;

/** The execution that the member `executionArn` names, also when its machine has been deleted. */
export function findExecution(members: Members, { store, engine }: Context): Execution {
  const arn = requiredArn(members, 'executionArn', 'execution');
  const groups = EXECUTION_ARN.exec(arn)?.groups;
  const machineArn = `${groups?.['before'] ?? ''}stateMachine:${groups?.['machine'] ?? ''}`;
  const row = store.statement('SELECT id FROM sfn_machines WHERE arn = ?').get(machineArn);
  const id = row === undefined ? null : engine.executions.idOf(Number(row['id']), groups?.['name'] ?? '');
  const execution = id === null ? null : engine.executions.load(id);
  if (execution !== null) return execution;
  throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

/** The machine that the member `stateMachineArn` names; it may be in the course of being deleted. */
export function findMachine(members: Members, { machines }: Context): Machine {
  const arn = requiredArn(members, 'stateMachineArn', 'stateMachine');
  const machine = machines.byArn(arn);
  if (machine !== null) return machine;
  throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** Refuses a machine that is being deleted: nothing begins any more, and nothing about it changes. */
export function refuseDeleting({ arn, isDeleting }: Machine): void {
  if (!isDeleting) return;
  throw new StepFunctionsError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
}
