import type { OrderStatus, OrderStatusEvent } from '../../schema.generated.ts';
import type { OrderRecord } from './orderRecord.ts';

type Change = { readonly order: OrderRecord; readonly events: readonly OrderStatusEvent[] };

/** What a step publishes: the versions that it wrote, or on a second run the same ones again. */
export function lastEvents(change: Change, ...statuses: readonly OrderStatus[]): readonly OrderStatusEvent[] {
  if (change.events.length > 0) return change.events;
  return statuses
    .map((status) => change.order.history.findLast((event) => event.status === status))
    .filter((event) => event !== undefined);
}
