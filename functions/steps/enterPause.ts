import { changeOrder, type Change } from '../records/changeOrder.ts';
import type { StoredOrder } from '../records/orders.ts';
import { reminderMs } from '../aws/moment.ts';
import { addPending, removePending } from '../records/worklist.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { pauseOrder, type Moment } from '../order/transitions.ts';

/** Writes PAUSED and puts the order on the worklist, both at once. */
export async function enterPause(orderId: OrderId, found: StoredOrder, now: Moment): Promise<Change> {
  if (!isOpen(found.order.status)) return { ...found, events: [] };
  const deadline = found.order.deadline ?? now.deadline;
  const [pause] = await Promise.all([
    changeOrder(orderId, (order) => pauseOrder(order, now, reminderMs()), found),
    addPending(orderId, deadline),
  ]);
  // The race was lost: the order was paused by another attempt, or is not paused any more.
  if (pause.order.deadline !== deadline) await removePending(orderId, deadline);
  return pause;
}
