import type { OrderStatus } from './schema.generated.ts';

/** Every status, and whether an order with it will never change again. */
export const IS_FINAL = {
  RECEIVED: false,
  PROCESSING: false,
  PAUSED: false,
  CONFIRMED: false,
  COMPLETED: true,
  REJECTED: true,
  EXPIRED: true,
  CANCELLED: true,
  FAILED: true,
} satisfies Record<OrderStatus, boolean>;

/** Whether an order with this status will never change again. */
export function isFinal(status: OrderStatus): boolean {
  return IS_FINAL[status];
}
