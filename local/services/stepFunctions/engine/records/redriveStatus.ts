import { type Execution, MAX_EXECUTION_MILLISECONDS } from './execution.ts';
import { REDRIVABLE_MILLISECONDS } from '../transitions/redriveExecution.ts';
import { MAX_EVENTS } from '../transitions/step.ts';

export type RedriveStatus = {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE';
  readonly redriveStatusReason?: string;
};

/** Whether an execution can be redriven now, and else why not. */
export function redriveStatus(execution: Execution, now: number, isMachineRemoved = false): RedriveStatus {
  const { status, started, stopped, lastEvent } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    return notRedrivable(`Execution is ${status} and cannot be redriven`);
  }
  if (now - (stopped ?? now) > REDRIVABLE_MILLISECONDS) {
    return notRedrivable('Execution redrivable period exceeded');
  }
  if (now - started >= MAX_EXECUTION_MILLISECONDS) {
    return notRedrivable('Execution has exceeded the max execution time');
  }
  if (isMachineRemoved) return notRedrivable('State machine is in DELETING status');
  if (lastEvent >= MAX_EVENTS - 1) return notRedrivable('Execution history event limit exceeded');
  return { redriveStatus: 'REDRIVABLE' };
}

function notRedrivable(redriveStatusReason: string): RedriveStatus {
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
}
