import { parseDecision } from './decision.ts';
import { fieldsOf } from './fields.ts';
import type { OrderRecord } from './orderRecord.ts';
import { parseEvent, parseStatus } from './statusEvent.ts';

export function parseOrderRecord(stored: unknown): OrderRecord {
  const fields = fieldsOf(stored, 'an order');
  const decision = fields.value('decision');
  return {
    orderId: fields.text('orderId'),
    status: parseStatus(fields.text('status')),
    version: fields.integer('version'),
    createdAt: fields.text('createdAt'),
    updatedAt: fields.text('updatedAt'),
    deadline: fields.textOrNull('deadline'),
    decision: decision === null ? null : parseDecision(decision),
    history: fields.list('history').map(parseEvent),
  };
}
