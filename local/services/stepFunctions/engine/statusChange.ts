import type { CloudEvent } from '../../events/events.ts';
import type { Execution } from './records/execution.ts';
import { redriveStatus } from './records/redriveStatus.ts';

/** Step Functions leaves a longer input or output out, and says so. */
const MAX_DATA_BYTES = 248 * 1024;

/** The event that EventBridge gets when an execution begins, goes on or ends. */
export function statusChange(execution: Execution): CloudEvent {
  const { arn, revision, input, output } = execution;
  const included = Buffer.byteLength(JSON.stringify([input, output])) <= MAX_DATA_BYTES;
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(
    execution,
    execution.stopped ?? 0,
  );
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: revision.machineArn,
      name: execution.name,
      status: execution.status,
      startDate: execution.started,
      stopDate: execution.stopped,
      input: included ? input : null,
      inputDetails: { included },
      output: included ? output : null,
      outputDetails: output === null ? null : { included },
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: execution.redrives,
      redriveDate: execution.redriven,
      redriveStatus: status,
      redriveStatusReason: reason ?? null,
      error: execution.error,
      cause: execution.cause,
    },
  };
}
