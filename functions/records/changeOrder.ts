import type { OrderStatusEvent } from '../../schema.generated.ts';
import { OrderNotFound } from '../order/errors.ts';
import type { OrderId } from '../order/orderId.ts';
import type { OrderRecord } from '../order/orderRecord.ts';
import { SCHEMA_VERSION } from '../order/schemaVersion.ts';
import { findOrder, writeOrder, type StoredOrder } from './orders.ts';
import { retryLost } from './retryLost.ts';

/** What a change came to; `events` are the versions that it wrote, and none when there was nothing to do. */
export type Change = StoredOrder & { readonly events: readonly OrderStatusEvent[] };

type Transition = (order: OrderRecord) => OrderRecord;

/**
 * Reads, applies a pure function, writes with If-Match. `known` saves the first read. A write whose answer was lost is
 * found as done when the order is read again (rule 5, docs/protocol.md), because every transition leaves a done order alone.
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
    const events = order.history.slice(found.order.history.length);
    return etag === null ? null : { order, etag, schemaVersion: SCHEMA_VERSION, events };
  });
}
