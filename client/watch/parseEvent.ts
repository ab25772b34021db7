import type { OrderStatusEvent } from '../schema.generated.ts';
import { fieldsOf } from '../parseError.ts';

/** The status event in a realtime frame's data; null when there is none that can be used. */
export function parseEvent(data: unknown): OrderStatusEvent | null {
  const event = fieldsOf(data)['onOrderStatus'];
  const { orderId, version, status } = fieldsOf(event);
  const isEvent = typeof orderId === 'string' && Number.isInteger(version) && typeof status === 'string';
  return isEvent ? (event as OrderStatusEvent) : null;
}
