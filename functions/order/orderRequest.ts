import { createHash } from 'node:crypto';
import type { Order } from '../../schema.generated.ts';
import { fieldsOf } from './fields.ts';
import { parseOrderId, type OrderId } from './orderId.ts';
import type { OrderRecord } from './orderRecord.ts';
import { parseSchemaVersion } from './schemaVersion.ts';

/** The fact that an order was placed. Created once, never changed. */
export type OrderRequest = {
  readonly orderId: OrderId;
  readonly orderDetails: string | null;
  readonly requestedBy: string | null;
  /** The verified identity of a requester who was signed in. */
  readonly requesterId: string | null;
  /** Tells the same order again from another one with its id. */
  readonly hash: string;
  readonly at: string;
};

export type NewRequest = Omit<OrderRequest, 'hash'>;

export function requestOrder(request: NewRequest): OrderRequest {
  // JSON keeps apart what a hash of the bytes would not: null and "", and lone surrogates.
  const hash = createHash('sha256').update(JSON.stringify(request.orderDetails)).digest('hex');
  return { ...request, hash };
}

export function parseOrderRequest(stored: unknown): OrderRequest {
  parseSchemaVersion(stored);
  const fields = fieldsOf(stored, 'an order request');
  return {
    orderId: parseOrderId(fields.value('orderId')),
    orderDetails: fields.textOrNull('orderDetails'),
    requestedBy: fields.textOrNull('requestedBy'),
    requesterId: fields.textOrNull('requesterId'),
    hash: fields.text('hash'),
    at: fields.text('at'),
  };
}

/** An order before the workflow has touched it: version 1, which is not published. */
export function receiveOrder({ orderId, at }: Pick<OrderRequest, 'orderId' | 'at'>): OrderRecord {
  const status = 'RECEIVED';
  const event = { orderId, status, version: 1, at, reason: null, decidedBy: null } as const;
  return {
    orderId,
    status,
    version: 1,
    createdAt: at,
    updatedAt: at,
    deadline: null,
    decision: null,
    history: [{ ...event, deadline: null, reminder: null }],
  };
}

/** The order of the API: the record, and what it is about. */
export function orderOf(record: OrderRecord, request: OrderRequest | null): Order {
  return {
    ...record,
    orderDetails: request?.orderDetails ?? null,
    requestedBy: request?.requestedBy ?? null,
    isRequesterVerified: (request?.requesterId ?? null) !== null,
  };
}
