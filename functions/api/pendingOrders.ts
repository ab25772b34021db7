import type { Order, OrderPage } from '../../schema.generated.ts';
import { viewOrder } from '../records/orders.ts';
import { listPending } from '../records/worklist.ts';
import { fieldsOf } from '../order/fields.ts';
import { pageToken, parseLimit, parsePageToken } from '../order/pageToken.ts';
import type { PendingEntry } from '../order/pendingEntry.ts';
import { answering } from './answering.ts';

const MAX_LISTINGS = 5; // what has just been decided is skipped; a short page is better than a slow one

export const handler = answering(async (event): Promise<OrderPage> => {
  const input = fieldsOf(event, 'the input of pendingOrders');
  const limit = parseLimit(input.value('limit'));
  let after = parsePageToken(input.value('nextToken'));
  const items: Order[] = [];
  for (let listing = 0; listing < MAX_LISTINGS; listing += 1) {
    const { entries, next } = await listPending(limit - items.length, after);
    items.push(...(await Promise.all(entries.map(findPending))).filter((order) => order !== null));
    if (next === null) return { items, nextToken: null };
    after = next;
    if (items.length >= limit) break;
  }
  return { items, nextToken: after === null ? null : pageToken(after) };
});

/** The order of a line, if it still waits for a decision until the deadline that the line names. */
async function findPending({ orderId, deadline }: PendingEntry): Promise<Order | null> {
  const order = await viewOrder(orderId);
  return order?.status === 'PAUSED' && order.deadline === deadline && order.decision === null ? order : null;
}
