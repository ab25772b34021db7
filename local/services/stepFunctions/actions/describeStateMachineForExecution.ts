import { seconds, type Action } from '../wire/action.ts';
import { findExecution } from './findExecution.ts';
import { describeText } from './stateMachineText.ts';

/** The machine as it was when the execution began. */
export const describeStateMachineForExecution: Action = (members, context) => {
  const execution = findExecution(members, context);
  const machine = context.machines.machineAt(execution.revision.id);
  return { ...describeText(machine, members, context), updateDate: seconds(machine.updated) };
};
