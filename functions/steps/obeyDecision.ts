import type { Decision } from '../../schema.generated.ts';
import type { OrderId } from '../order/orderId.ts';
import type { WaitingEntry } from '../order/waitingEntry.ts';
import { removeToken, type TaskToken } from '../records/waiting.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { DeadlinePassed, OrderFailed } from './errors.ts';

/** An attempt that has stored, or would store, its token. */
export type Waiting = { readonly orderId: OrderId; readonly entry: WaitingEntry; readonly token: TaskToken };

/** Ends the wait when a decision has come before the pause, or while this attempt was writing. Without one, the wait goes on. */
export async function obeyDecision(
  decision: Decision | null,
  { orderId, entry, token }: Waiting,
): Promise<void> {
  if (decision === null) return;
  const { kind } = decision;
  if (kind === 'EXPIRED' || kind === 'FAILED') {
    await removeToken(entry);
    if (kind === 'FAILED') throw new OrderFailed(`Order "${orderId}" has failed.`);
    throw new DeadlinePassed(`Order "${orderId}" has expired.`);
  }
  // An attempt that the engine gave up on may write its token after the order has ended.
  if ((await wakeUp({ orderId, kind, hint: token })) === 'moved on') await removeToken(entry);
}
