import { redriveStatus } from '../engine/records/redriveStatus.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action } from '../wire/action.ts';
import { findExecution } from './findExecution.ts';

/** The same client token means the same redrive for this long: the SDK asks again when an answer was lost. */
const TOKEN_MILLISECONDS = 15 * 60 * 1000;

export const redriveExecution: Action = (members, context) => {
  const clientToken = members.text('clientToken', { minimum: 1, maximum: 64 });
  const execution = findExecution(members, context);
  const { redriven } = execution;
  const now = context.clock.now();
  if (redriven !== null && clientToken !== undefined && clientToken === execution.redriveToken) {
    if (now - redriven <= TOKEN_MILLISECONDS) return { redriveDate: seconds(redriven) };
  }
  const isRemoved = context.machines.isRemoved(execution.revision.machineId);
  const { redriveStatusReason } = redriveStatus(execution, now, isRemoved);
  if (redriveStatusReason !== undefined) {
    throw new StepFunctionsError('ExecutionNotRedrivable', redriveStatusReason);
  }
  context.engine.redrive(execution, clientToken ?? null);
  return { redriveDate: seconds(execution.redriven ?? now) };
};
