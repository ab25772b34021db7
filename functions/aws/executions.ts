import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DecisionKind } from '../../schema.generated.ts';
import type { OrderId } from '../order/orderId.ts';
import type { OrderRequest } from '../order/orderRequest.ts';
import { isNamed } from './awsFailure.ts';
import { clientConfig, withoutCallLog } from './clientConfig.ts';
import { environment } from './environment.ts';

const sfn = withoutCallLog(new SFNClient(clientConfig()));

/** Idempotent: name and input are made from the request that stands, so they are the same in every call. */
export async function startExecution({ orderId, at }: Pick<OrderRequest, 'orderId' | 'at'>): Promise<void> {
  const stateMachineArn = environment('STATE_MACHINE_ARN');
  const input = JSON.stringify({ orderId, at });
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: orderId, input }));
  } catch (error) {
    // It ran and has ended, within the 90 days in which Step Functions remembers names.
    if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
  }
}

type Answer = (taskToken: string, orderId: OrderId) => SendTaskSuccessCommand | SendTaskFailureCommand | null;

const refuse =
  (error: string): Answer =>
  (taskToken) =>
    new SendTaskFailureCommand({ taskToken, error });

const ANSWERS = {
  CONFIRMED: (taskToken, orderId) =>
    new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ orderId }) }),
  REJECTED: refuse('OrderRejected'),
  CANCELLED: refuse('OrderCancelled'),
  // The workflow itself decided these, so it does not wait.
  EXPIRED: () => null,
  FAILED: () => null,
} satisfies Record<DecisionKind, Answer>;

/**
 * Wakes the execution. False: the token is spent, because its attempt timed out, was answered (perhaps by this
 * very call, whose answer was lost), or ended.
 */
export async function answerTask(token: string, orderId: OrderId, kind: DecisionKind): Promise<boolean> {
  const command = ANSWERS[kind](token, orderId);
  try {
    if (command instanceof SendTaskSuccessCommand) await sfn.send(command);
    else if (command !== null) await sfn.send(command);
    return true;
  } catch (error) {
    if (isNamed(error, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) return false;
    throw error;
  }
}
