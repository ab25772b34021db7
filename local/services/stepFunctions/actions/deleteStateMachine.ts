import type { Action } from '../wire/action.ts';
import { requiredArn } from '../wire/arn.ts';

/** Executions that run end with their next transition. A machine that does not exist is deleted already. */
export const deleteStateMachine: Action = (members, { machines }) => {
  const machine = machines.byArn(requiredArn(members, 'stateMachineArn', 'stateMachine'));
  if (machine !== null) machines.remove(machine);
  return {};
};
