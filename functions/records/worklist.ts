import type { SchemaVersion } from '../order/schemaVersion.ts';
import { waitingEntryOf } from '../order/waitingEntry.ts';
import type { NamePage } from './names.ts';
import type { StoredOrder } from './orders.ts';
import { listWaitingOfVersion1, readTokenOfVersion1, removeMarkOfVersion1 } from './version1.ts';
import { listWaiting, readToken, removeToken, type TaskToken } from './waiting.ts';

// The orders that wait, wherever the version of this program that paused them has put them.

type Waiting = Pick<StoredOrder, 'order' | 'schemaVersion'>;

/** The token that wakes the order's execution; null: it does not wait yet. */
export async function findToken({ order, schemaVersion }: Waiting): Promise<TaskToken | null> {
  const entry = waitingEntryOf(order);
  const token = entry === null ? null : await readToken(entry);
  return token === null && schemaVersion === 1 ? readTokenOfVersion1(order.orderId) : token;
}

/** Takes an order off the worklist. `schemaVersion` is the one of the record before the order ended. */
export async function leaveWorklist(
  { order }: Pick<StoredOrder, 'order'>,
  schemaVersion: SchemaVersion,
): Promise<void> {
  const entry = waitingEntryOf(order);
  if (entry === null) return;
  await Promise.all([removeToken(entry), schemaVersion === 1 ? removeMarkOfVersion1(entry) : null]);
}

/**
 * Names of orders that wait, the nearest deadline first. The old place is listed first, because an order moves from there
 * to the new one: in the other order of reading, an order that moves in between would stand on neither page.
 */
export async function listWorklist(limit: number, after: string | null): Promise<NamePage> {
  const old = await listWaitingOfVersion1(limit, after);
  const page = await listWaiting(limit, after);
  if (old.names.length === 0) return page;
  const all = [...new Set([...page.names, ...old.names])].toSorted();
  const names = all.slice(0, limit);
  const isLast = all.length <= limit && page.next === null && old.next === null;
  return { names, next: isLast ? null : (names.at(-1) ?? null) };
}
