import { StepFunctionsError } from '../errors.ts';
import type { Action } from '../wire/action.ts';
import { findMachine } from './findExecution.ts';

/** Only Express machines run while their caller waits, and there are none here. */
export const startSyncExecution: Action = (members, context) => {
  findMachine(members, context);
  throw new StepFunctionsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
};
