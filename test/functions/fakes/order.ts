import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { handler as beginStep } from '../../../functions/steps/processOrder.ts';
import { handler as storeTaskToken } from '../../../functions/steps/storeTaskToken.ts';
import { START } from './useFakes.ts';
import { world } from './world.ts';

export const ID = 'order-1';
export const DAY_SECONDS = 86_400;

/** What the workflow hands to an attempt of WaitForConfirmation that began when the order was placed. */
export const WAIT = {
  at: START,
  enteredAt: START,
  deadlineSeconds: 3 * DAY_SECONDS,
  reminderSeconds: DAY_SECONDS,
} as const;

/** An attempt of WaitForConfirmation: an execution waits for `token`, and the state's Lambda runs. */
export function attempt(token: string, retryCount = 0, redriveCount = 0): Promise<unknown> {
  world.waiting.add(token);
  return storeTaskToken({ ...WAIT, orderId: ID, taskToken: token, retryCount, redriveCount });
}

export const receive = (orderDetails: string | null = 'ten chairs') =>
  processOrder({ orderId: ID, orderDetails });

export async function receiveAndBegin(): Promise<void> {
  await receive();
  await beginStep({ orderId: ID });
}

export async function receiveAndPause(): Promise<void> {
  await receiveAndBegin();
  await attempt('token-0');
}

export const decide = (isConfirmed: boolean, reason: string | null = null) =>
  confirmOrder({ orderId: ID, isConfirmed, decidedBy: 'Ada', reason, showsRequest: false });
