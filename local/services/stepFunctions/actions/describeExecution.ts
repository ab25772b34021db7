import { redriveStatus } from '../engine/records/redriveStatus.ts';
import { seconds, type Action } from '../wire/action.ts';
import { findExecution } from './findExecution.ts';
import { INCLUDED_DATA } from './stateMachineText.ts';

export const describeExecution: Action = (members, context) => {
  const includedData = members.oneOf('includedData', INCLUDED_DATA);
  const execution = findExecution(members, context);
  const included = includedData !== 'METADATA_ONLY';
  const { output, error, cause, stopped, redriven } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.revision.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.started),
    ...(stopped === null ? {} : { stopDate: seconds(stopped) }),
    ...(included ? { input: execution.input } : {}),
    inputDetails: { included },
    ...(output === null ? {} : { ...(included ? { output } : {}), outputDetails: { included } }),
    ...(error === null ? {} : { error }),
    ...(cause === null ? {} : { cause }),
    redriveCount: execution.redrives,
    ...(redriven === null ? {} : { redriveDate: seconds(redriven) }),
    ...redriveStatus(
      execution,
      context.clock.now(),
      context.machines.isRemoved(execution.revision.machineId),
    ),
  };
};
