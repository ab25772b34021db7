import { OrderNotFound } from '../order/errors.ts';
import type { OrderId } from '../order/orderId.ts';
import { receiveOrder } from '../order/orderRequest.ts';
import { findOrder, unwritten, type StoredOrder } from '../records/orders.ts';
import { isFirstAttempt } from '../records/waiting.ts';
import { beforeApproval } from '../work/beforeApproval.ts';
import type { Attempt } from './attempt.ts';

/**
 * The order before an attempt of the wait. The first attempt writes the first record, so it knows the order without reading
 * it, unless own work came before. It need not be right: a record that exists already is read before it is changed.
 */
export async function orderBefore(orderId: OrderId, { token, receivedAt }: Attempt): Promise<StoredOrder> {
  if (isFirstAttempt(token) && receivedAt !== null && beforeApproval === null)
    return unwritten(receiveOrder({ orderId, at: receivedAt }));
  const found = await findOrder(orderId);
  if (found === null) throw new OrderNotFound(orderId);
  return found;
}
