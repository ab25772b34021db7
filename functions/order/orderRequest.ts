import { createHash } from 'node:crypto';
import type { Order } from '../../schema.generated.ts';
import { fieldsOf } from './fields.ts';
import { parseOrderId, type OrderId } from './orderId.ts';

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

export type NewRequest = Pick<
  OrderRequest,
  'orderId' | 'orderDetails' | 'requestedBy' | 'requesterId' | 'at'
>;

export function requestOrder(request: NewRequest): OrderRequest {
  // JSON keeps apart what a hash of the bytes would not: null and "", and lone surrogates.
  const hash = createHash('sha256').update(JSON.stringify(request.orderDetails)).digest('hex');
  return { ...request, hash };
}

export function parseOrderRequest(stored: unknown): OrderRequest {
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

/** The order as it is before the workflow has touched it: version 1, not published. */
export function receiveOrder({ orderId, orderDetails, requestedBy, at }: OrderRequest): Order {
  const received = { orderId, status: 'RECEIVED', version: 1, at } as const;
  return {
    orderId,
    orderDetails,
    requestedBy,
    status: 'RECEIVED',
    version: 1,
    createdAt: at,
    updatedAt: at,
    deadline: null,
    decision: null,
    history: [{ ...received, reason: null, decidedBy: null, deadline: null, reminder: null }],
  };
}
