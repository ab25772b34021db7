import { createObject, readObject } from '../aws/objects.ts';
import type { OrderId } from '../order/orderId.ts';
import { withSchemaVersion } from '../order/schemaVersion.ts';
import { parseOrderRequest, type OrderRequest } from '../order/orderRequest.ts';
import { retryLost } from './retryLost.ts';

const placeOf = (orderId: OrderId) => ({ bucket: 'records', key: `requests/${orderId}.json` }) as const;

export async function readRequest(orderId: OrderId): Promise<OrderRequest | null> {
  const stored = await readObject(placeOf(orderId));
  return stored === null ? null : parseOrderRequest(stored.value);
}

/** Rule 1 (docs/protocol.md): answers the request that stands, which is an earlier one when the order exists already. */
export function requestOnce(request: OrderRequest): Promise<OrderRequest> {
  return retryLost(async () => {
    const isNew = (await createObject(placeOf(request.orderId), withSchemaVersion(request))) !== null;
    return isNew ? request : readRequest(request.orderId);
  });
}
