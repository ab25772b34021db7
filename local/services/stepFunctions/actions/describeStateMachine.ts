import { seconds, type Action } from '../wire/action.ts';
import { findMachine } from './findExecution.ts';
import { describeText } from './stateMachineText.ts';

export const describeStateMachine: Action = (members, context) => {
  const machine = findMachine(members, context);
  return {
    ...describeText(machine, members, context),
    status: machine.isDeleting ? 'DELETING' : 'ACTIVE',
    type: 'STANDARD',
    creationDate: seconds(machine.created),
  };
};
