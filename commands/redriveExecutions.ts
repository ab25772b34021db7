import { RedriveExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Outputs } from './outputs.ts';

export type Redriven = { readonly sentence: string; readonly isRedriven: boolean };

/** Redrives the execution of each order, and says for each what Step Functions answered. One refusal does not stop the others. */
export async function* redriveExecutions(
  stepFunctions: SFNClient,
  { StateMachineArn = '' }: Outputs,
  orderIds: readonly string[],
): AsyncGenerator<Redriven> {
  const prefix = StateMachineArn.replace(':stateMachine:', ':execution:');
  for (const orderId of new Set(orderIds)) {
    try {
      await stepFunctions.send(new RedriveExecutionCommand({ executionArn: `${prefix}:${orderId}` }));
      yield { sentence: `${orderId}: redriven from the state in which it failed.`, isRedriven: true };
    } catch (error) {
      yield { sentence: `${orderId}: ${reasonOf(error)}`, isRedriven: false };
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'ExecutionDoesNotExist')
    return 'not redriven, because there is no execution of this order.';
  if (error.name === 'ExecutionNotRedrivable')
    return `not redriven, because Step Functions refuses it: ${error.message}`;
  throw error;
}
