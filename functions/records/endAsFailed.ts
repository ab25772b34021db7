import type { Order } from '../../schema.generated.ts';
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
import { forgetPending } from './worklist.ts';

/**
 * R6: creates the decision FAILED if none stands, and ends the order as FAILED in any case. Null: nobody has asked
 * for such an order, so there is nothing to end.
 */
export async function endAsFailed(orderId: OrderId, reason: string): Promise<Order | null> {
  const found = await findOrder(orderId);
  if (found === null) return null;
  if (isFinal(found.order.status)) {
    await listAsEnded(found.order); // the step that ended it may have died before this
    return found.order;
  }
  const failure = { at: now(), reason };
  const decision = await decideOnce(orderId, failedAt(failure.at, reason));
  const { order, events } = await changeOrder(
    orderId,
    (current) => failOrder(current, decision, failure),
    found,
  );
  await Promise.all([publishStatuses(events), forgetPending(order), listAsEnded(order)]);
  return order;
}
