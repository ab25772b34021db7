import type { OrderStatus, OrderStatusEvent } from '../../schema.generated.ts';
import { IllegalMove } from './errors.ts';
import type { OrderRecord } from './orderRecord.ts';

const LEGAL_MOVES = {
  RECEIVED: ['PROCESSING', 'FAILED'],
  PROCESSING: ['PAUSED', 'FAILED'],
  PAUSED: ['PAUSED', 'CONFIRMED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED'],
  CONFIRMED: ['COMPLETED', 'FAILED'],
  COMPLETED: [],
  REJECTED: [],
  EXPIRED: [],
  CANCELLED: [],
  FAILED: [],
} satisfies Record<OrderStatus, readonly OrderStatus[]>;

export const isStatus = (value: string): value is OrderStatus => Object.hasOwn(LEGAL_MOVES, value);

export const isFinal = (status: OrderStatus): boolean => LEGAL_MOVES[status].length === 0;

/** The workflow has not applied a decision yet. */
export const isOpen = (status: OrderStatus): boolean => !isFinal(status) && status !== 'CONFIRMED';

export function isLegalMove(from: OrderStatus, to: OrderStatus): boolean {
  const targets: readonly OrderStatus[] = LEGAL_MOVES[from];
  return targets.includes(to);
}

export type Move = Pick<OrderStatusEvent, 'status' | 'at'> &
  Partial<Pick<OrderStatusEvent, 'reason' | 'decidedBy' | 'deadline' | 'reminder'>>;

/** The only way to a new version of an order. */
export function moveOrder(order: OrderRecord, move: Move): OrderRecord {
  if (!isLegalMove(order.status, move.status))
    throw new IllegalMove(order.orderId, order.status, move.status);
  const { status, at, reason = null, decidedBy = null, deadline = null, reminder = null } = move;
  const version = order.version + 1;
  const event = { orderId: order.orderId, status, version, at, reason, decidedBy, deadline, reminder };
  return { ...order, status, version, updatedAt: at, deadline, history: [...order.history, event] };
}
