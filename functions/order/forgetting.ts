import type { Decision } from '../../schema.generated.ts';
import type { OrderRecord } from './orderRecord.ts';
import type { OrderRequest } from './orderRequest.ts';

// What stays of an order when what people wrote in it has to go: that it existed, when, and how it was decided. The hash
// stays too, so that processing the same order again is still told from another order with its id.

export const forgetRequest = (request: OrderRequest): OrderRequest => ({
  ...request,
  orderDetails: null,
  requestedBy: null,
  requesterId: null,
});

export const forgetDecision = (decision: Decision): Decision => ({
  ...decision,
  decidedBy: null,
  reason: null,
});

export const forgetOrder = (order: OrderRecord): OrderRecord => ({
  ...order,
  decision: order.decision === null ? null : forgetDecision(order.decision),
  history: order.history.map((event) => ({ ...event, decidedBy: null, reason: null })),
});
