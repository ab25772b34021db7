import type { OrderStatus, OrderStatusEvent } from '../../../client/countersign.ts';

/** One order's way through its statuses, with a reminder. */
export const LIFE: readonly OrderStatus[] = [
  'RECEIVED',
  'PROCESSING',
  'PAUSED',
  'PAUSED',
  'CONFIRMED',
  'COMPLETED',
];

export function eventOf(orderId: string, version: number): OrderStatusEvent {
  const status = LIFE[version - 1] ?? 'COMPLETED';
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString();
  return { orderId, status, version, at, reason: null, decidedBy: null, deadline: null, reminder: null };
}
