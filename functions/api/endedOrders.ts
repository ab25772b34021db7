import { parseEndedName } from '../order/endedEntry.ts';
import { isFinal } from '../order/moves.ts';
import { listEnded } from '../records/ended.ts';
import { viewOrder } from '../records/orders.ts';
import { listOrders } from './listOrders.ts';

export const handler = listOrders({
  isName: (name) => parseEndedName(name) !== null,
  list: listEnded,
  find: async (name) => {
    const orderId = parseEndedName(name);
    const order = orderId === null ? null : await viewOrder(orderId);
    return order !== null && isFinal(order.status) ? order : null;
  },
});
