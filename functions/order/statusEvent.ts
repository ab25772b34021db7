import type { OrderStatus, OrderStatusEvent } from '../../schema.generated.ts';
import { Malformed } from './errors.ts';
import { fieldsOf } from './fields.ts';
import { isStatus } from './moves.ts';

export function parseEvent(stored: unknown): OrderStatusEvent {
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

export function parseStatus(value: string): OrderStatus {
  if (isStatus(value)) return value;
  throw new Malformed('Stored order: status is not a known status.');
}
