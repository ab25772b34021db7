import { createObject, readObject } from '../aws/objects.ts';
import type { OrderId } from '../order/orderId.ts';
import { parseOrderRequest, type OrderRequest } from '../order/orderRequest.ts';
import { retryLost } from './retryLost.ts';

const keyOf = (orderId: OrderId) => `requests/${orderId}.json`;

export async function readRequest(orderId: OrderId): Promise<OrderRequest | null> {
  const stored = await readObject(keyOf(orderId));
  return stored === null ? null : parseOrderRequest(stored.value);
}

/** R1: answers the request that stands, which is another one when the order was there before. */
export function requestOnce(request: OrderRequest): Promise<OrderRequest> {
  return retryLost(async () => {
    const isNew = (await createObject(keyOf(request.orderId), request)) !== null;
    return isNew ? request : readRequest(request.orderId);
  });
}
