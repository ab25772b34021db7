import type { Order, OrderStatus, OrderStatusEvent } from '../../schema.generated.ts';
import { parseDecision } from './decision.ts';
import { Malformed } from './errors.ts';
import { fieldsOf } from './fields.ts';

const STATUSES = {
  RECEIVED: true,
  PROCESSING: true,
  PAUSED: true,
  CONFIRMED: true,
  COMPLETED: true,
  REJECTED: true,
  EXPIRED: true,
  CANCELLED: true,
  FAILED: true,
} satisfies Record<OrderStatus, true>;

export function parseOrder(stored: unknown): Order {
  const fields = fieldsOf(stored, 'an order');
  const decision = fields.value('decision');
  return {
    orderId: fields.text('orderId'),
    orderDetails: fields.textOrNull('orderDetails'),
    requestedBy: fields.textOrNull('requestedBy'),
    status: parseStatus(fields.text('status')),
    version: fields.integer('version'),
    createdAt: fields.text('createdAt'),
    updatedAt: fields.text('updatedAt'),
    deadline: fields.textOrNull('deadline'),
    decision: decision === null ? null : parseDecision(decision),
    history: fields.list('history').map(parseEvent),
  };
}

function parseEvent(stored: unknown): OrderStatusEvent {
  const fields = fieldsOf(stored, "an event of an order's history");
  return {
    orderId: fields.text('orderId'),
    status: parseStatus(fields.text('status')),
    version: fields.integer('version'),
    at: fields.text('at'),
    reason: fields.textOrNull('reason'),
    decidedBy: fields.textOrNull('decidedBy'),
    deadline: fields.textOrNull('deadline'),
    reminder: fields.integerOrNull('reminder'),
  };
}

const isStatus = (value: string): value is OrderStatus => Object.hasOwn(STATUSES, value);

function parseStatus(value: string): OrderStatus {
  if (isStatus(value)) return value;
  throw new Malformed('Stored order: status is not a known status.');
}
