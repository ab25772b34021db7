import type { OrderStatusEvent } from '../../schema.generated.ts';
import { isOrderId, type OrderId } from './orderId.ts';

/** An order that waits for its decision. Its name sorts by deadline: `2026-01-04T00:00:00.000Z_order-1`. */
export type WaitingEntry = { readonly deadline: string; readonly orderId: string };

const NAME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(.+)$/;

export const waitingName = ({ deadline, orderId }: WaitingEntry): string => `${deadline}_${orderId}`;

export function parseWaitingName(name: string): (WaitingEntry & { readonly orderId: OrderId }) | null {
  const [, deadline, orderId] = NAME.exec(name) ?? [];
  return deadline !== undefined && isOrderId(orderId) ? { deadline, orderId } : null;
}

type Paused = { readonly orderId: string; readonly history: readonly OrderStatusEvent[] };

/** Where the token of an order is, or was while it paused; null: the order has not paused yet. */
export function waitingEntryOf({ orderId, history }: Paused): WaitingEntry | null {
  const deadline = history.findLast(({ status }) => status === 'PAUSED')?.deadline ?? null;
  return deadline === null ? null : { deadline, orderId };
}
