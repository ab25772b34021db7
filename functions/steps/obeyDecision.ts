import type { Decision } from '../../schema.generated.ts';
import type { OrderId } from '../order/orderId.ts';
import type { WaitingEntry } from '../order/waitingEntry.ts';
import { removeToken, type TaskToken } from '../records/waiting.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { DeadlinePassed, OrderFailed } from './errors.ts';

/** An attempt that has stored, or would store, its token. */
export type Waiting = { readonly orderId: OrderId; readonly entry: WaitingEntry; readonly token: TaskToken };

/** Leaves the wait as a decision says that came before it, or while this attempt was writing; without one it goes on. */
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
