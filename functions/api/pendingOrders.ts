import { parsePendingName } from '../order/pendingEntry.ts';
import { viewOrder } from '../records/orders.ts';
import { listPending } from '../records/worklist.ts';
import { listOrders } from './listOrders.ts';

export const handler = listOrders({
  isName: (name) => parsePendingName(name) !== null,
  list: listPending,
  /** The order, if it still waits for a decision until the deadline in the name. */
  find: async (name) => {
    const entry = parsePendingName(name);
    const order = entry === null ? null : await viewOrder(entry.orderId);
    const isWaiting = order?.status === 'PAUSED' && order.deadline === entry?.deadline;
    return isWaiting && order.decision === null ? order : null;
  },
});
