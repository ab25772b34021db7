import type { Order } from '../../schema.generated.ts';
import { isOrderId, type OrderId } from './orderId.ts';

/** A line of the worklist. Its name sorts by deadline: `2026-01-04T00:00:00.000Z_order-1`. */
export type PendingEntry = { readonly deadline: string; readonly orderId: OrderId };

const NAME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(.+)$/;

export const pendingName = ({ deadline, orderId }: { deadline: string; orderId: string }): string =>
  `${deadline}_${orderId}`;

export function parsePendingName(name: string): PendingEntry | null {
  const [, deadline, orderId] = NAME.exec(name) ?? [];
  return deadline !== undefined && isOrderId(orderId) ? { deadline, orderId } : null;
}

/** The deadline that an order has or had while it was paused. */
export function pausedUntil({ history }: Order): string | null {
  return history.findLast(({ status }) => status === 'PAUSED')?.deadline ?? null;
}
