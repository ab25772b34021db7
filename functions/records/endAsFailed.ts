import { now } from '../aws/moment.ts';
import { failedAt } from '../order/decision.ts';
import { isFinal } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { failOrder } from '../order/transitions.ts';
import { changeOrder } from './changeOrder.ts';
import { decideOnce } from './decisions.ts';
import { listAsEnded } from './ended.ts';
import { findOrder } from './orders.ts';
import { publishStatuses } from './publishStatus.ts';
import { leaveWorklist } from './worklist.ts';

/**
 * Rule 6 (docs/protocol.md): creates the decision FAILED if none stands, and ends the order as FAILED in any case. An order
 * that has ended stays as it is. An execution without an order (started by hand) ends nothing.
 */
export async function endAsFailed(orderId: OrderId, reason: string): Promise<void> {
  const found = await findOrder(orderId);
  if (found === null) return;
  // The step that ended the order may have died before it put the order on its lists.
  if (isFinal(found.order.status)) {
    await Promise.all([leaveWorklist(found, found.schemaVersion), listAsEnded(found.order)]);
    return;
  }
  const failure = { at: now(), reason };
  const decision = await decideOnce(orderId, failedAt(failure.at, reason));
  const change = await changeOrder(orderId, (current) => failOrder(current, decision, failure), found);
  await Promise.all([
    publishStatuses(change.events),
    leaveWorklist(change, found.schemaVersion),
    listAsEnded(change.order),
  ]);
}
