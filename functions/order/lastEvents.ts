import type { Order, OrderStatus, OrderStatusEvent } from '../../schema.generated.ts';

type Change = { readonly order: Order; readonly events: readonly OrderStatusEvent[] };

/** What a step publishes: the versions that it wrote, or on a second run the one that it had written. */
export function lastEvents(change: Change, status: OrderStatus): readonly OrderStatusEvent[] {
  if (change.events.length > 0) return change.events;
  const written = change.order.history.findLast((event) => event.status === status);
  return written === undefined ? [] : [written];
}
