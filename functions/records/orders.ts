import type { Order } from '../../schema.generated.ts';
import { createObject, readObject, replaceObject } from '../aws/objects.ts';
import type { OrderId } from '../order/orderId.ts';
import { receiveOrder } from '../order/orderRequest.ts';
import { parseOrder } from '../order/parseOrder.ts';
import { readDecision } from './decisions.ts';
import { readRequest } from './requests.ts';

/** An order and the version of its object; null: the workflow has not written it yet. */
export type StoredOrder = { readonly order: Order; readonly etag: string | null };

const keyOf = (orderId: string) => `orders/${orderId}.json`;

/** The order's record; before there is one, the request as RECEIVED; null for an unknown order. */
export async function findOrder(orderId: OrderId): Promise<StoredOrder | null> {
  const stored = await readObject(keyOf(orderId));
  return stored === null ? findReceived(orderId) : { order: parseOrder(stored.value), etag: stored.etag };
}

export async function findReceived(orderId: OrderId): Promise<StoredOrder | null> {
  const request = await readRequest(orderId);
  return request === null ? null : { order: receiveOrder(request), etag: null };
}

/** The order with the decision that stands, also when the workflow has not applied it yet. */
export async function viewOrder(orderId: OrderId): Promise<Order | null> {
  const [found, decision] = await Promise.all([findOrder(orderId), readDecision(orderId)]);
  return found === null ? null : { ...found.order, decision: found.order.decision ?? decision };
}

/** Answers the new ETag, or null when somebody else has written in between. */
export const writeOrder = (order: Order, etag: string | null): Promise<string | null> =>
  etag === null
    ? createObject(keyOf(order.orderId), order)
    : replaceObject(keyOf(order.orderId), order, etag);
