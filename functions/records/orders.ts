import type { Order } from '../../schema.generated.ts';
import { createObject, readObject, replaceObject } from '../aws/objects.ts';
import type { OrderId } from '../order/orderId.ts';
import type { OrderRecord } from '../order/orderRecord.ts';
import { orderOf, receiveOrder } from '../order/orderRequest.ts';
import { parseOrderRecord } from '../order/parseOrderRecord.ts';
import {
  parseSchemaVersion,
  SCHEMA_VERSION,
  withSchemaVersion,
  type SchemaVersion,
} from '../order/schemaVersion.ts';
import { readDecision } from './decisions.ts';
import { readRequest } from './requests.ts';

/** An order and the version of its object; without an ETag the workflow has not written it yet. */
export type StoredOrder = {
  readonly order: OrderRecord;
  readonly etag: string | null;
  readonly schemaVersion: SchemaVersion;
};

const placeOf = (orderId: string) => ({ bucket: 'records', key: `orders/${orderId}.json` }) as const;

/** What the workflow has written of an order; null: nothing yet. */
export async function findRecord(orderId: OrderId): Promise<StoredOrder | null> {
  const stored = await readObject(placeOf(orderId));
  if (stored === null) return null;
  const { value, etag } = stored;
  return { order: parseOrderRecord(value), etag, schemaVersion: parseSchemaVersion(value) };
}

/** The order's record; before there is one, the request as RECEIVED; null for an unknown order. */
export async function findOrder(orderId: OrderId): Promise<StoredOrder | null> {
  const record = await findRecord(orderId);
  if (record !== null) return record;
  const request = await readRequest(orderId);
  return request === null ? null : unwritten(receiveOrder(request));
}

/** An order that the workflow has not written yet, as far as its caller knows. */
export const unwritten = (order: OrderRecord): StoredOrder => ({
  order,
  etag: null,
  schemaVersion: SCHEMA_VERSION,
});

/**
 * The order as the API shows it, with a decision that the workflow has not applied yet. Who follows an order asks for it again and
 * again: without `showsRequest` its details are read only where there is no record yet.
 */
export async function viewOrder(orderId: OrderId, showsRequest = true): Promise<Order | null> {
  const [record, shown, decision] = await Promise.all([
    findRecord(orderId),
    showsRequest ? readRequest(orderId) : null,
    readDecision(orderId),
  ]);
  const request = record === null && !showsRequest ? await readRequest(orderId) : shown;
  const order = record?.order ?? (request === null ? null : receiveOrder(request));
  return order === null ? null : orderOf({ ...order, decision: order.decision ?? decision }, request);
}

/** Answers the new ETag, or null when the record is not the one that `etag` names any more. */
export function writeOrder(order: OrderRecord, etag: string | null): Promise<string | null> {
  const place = placeOf(order.orderId);
  const value = withSchemaVersion(order);
  return etag === null ? createObject(place, value) : replaceObject(place, value, etag);
}
