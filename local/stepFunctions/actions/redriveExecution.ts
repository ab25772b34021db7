import { redriveStatus } from '../engine/redriveStatus.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action } from '../protocol/action.ts';
import { findExecution } from './findExecution.ts';

export const redriveExecution: Action = (members, context) => {
  members.text('clientToken', { minimum: 1, maximum: 64 });
  const execution = findExecution(members, context);
  const { redriveStatusReason } = redriveStatus(execution, context.clock.now());
  if (redriveStatusReason !== undefined) {
    throw new StepFunctionsError('ExecutionNotRedrivable', redriveStatusReason);
  }
  context.engine.redrive(execution);
  return { redriveDate: seconds(execution.redriven ?? context.clock.now()) };
};
