import type { Order, OrderStatusEvent } from '../../schema.generated.ts';
import { OrderNotFound } from '../order/errors.ts';
import type { OrderId } from '../order/orderId.ts';
import { findOrder, writeOrder, type StoredOrder } from './orders.ts';
import { retryLost } from './retryLost.ts';

/** What a change came to; `events` are the versions that it wrote, and none when there was nothing to do. */
export type Change = StoredOrder & { readonly events: readonly OrderStatusEvent[] };

type Transition = (order: Order) => Order;

/**
 * Reads, applies a pure function, writes with If-Match. `known` saves the first read. A write whose answer was
 * lost is found as done when the order is read again (R5), because every transition leaves a done order alone.
 */
export function changeOrder(
  orderId: OrderId,
  transition: Transition,
  known: StoredOrder | null = null,
): Promise<Change> {
  let next = known;
  return retryLost(async () => {
    const found = next ?? (await findOrder(orderId));
    next = null;
    if (found === null) throw new OrderNotFound(orderId);
    const order = transition(found.order);
    if (order === found.order) return { ...found, events: [] };
    const etag = await writeOrder(order, found.etag);
    return etag === null ? null : { order, etag, events: order.history.slice(found.order.history.length) };
  });
}
