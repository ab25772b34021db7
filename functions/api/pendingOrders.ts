import { parseWaitingName } from '../order/waitingEntry.ts';
import { viewOrder } from '../records/orders.ts';
import { listWorklist } from '../records/worklist.ts';
import { listOrders } from './listOrders.ts';

export const handler = listOrders({
  isName: (name) => parseWaitingName(name) !== null,
  list: listWorklist,
  /** The order, if it still waits for a decision until the deadline in the name. */
  find: async (name) => {
    const entry = parseWaitingName(name);
    const order = entry === null ? null : await viewOrder(entry.orderId);
    const isWaiting = order?.status === 'PAUSED' && order.deadline === entry?.deadline;
    return isWaiting && order.decision === null ? order : null;
  },
});
