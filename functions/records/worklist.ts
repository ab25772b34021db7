import type { Order } from '../../schema.generated.ts';
import { listKeys, putMark, removeObject } from '../aws/objects.ts';
import { parsePendingName, pausedUntil, pendingName, type PendingEntry } from '../order/pendingEntry.ts';

// The worklist: empty objects whose names sort by deadline. They only point; the order's record is the truth.

const FOLDER = 'pending/';

const keyOf = (deadline: string, orderId: string) => `${FOLDER}${pendingName({ deadline, orderId })}`;

export const addPending = (orderId: string, deadline: string): Promise<void> =>
  putMark(keyOf(deadline, orderId));

export const removePending = (orderId: string, deadline: string): Promise<void> =>
  removeObject(keyOf(deadline, orderId));

/** Takes an order off the worklist that has ended; one that was never paused is not on it. */
export async function forgetPending(order: Order): Promise<void> {
  const deadline = pausedUntil(order);
  if (deadline !== null) await removePending(order.orderId, deadline);
}

export type PendingPage = { readonly entries: readonly PendingEntry[]; readonly next: string | null };

/** `after` and `next` are names of lines, without the folder. */
export async function listPending(limit: number, after: string | null): Promise<PendingPage> {
  const { keys, isLast } = await listKeys(FOLDER, limit, after === null ? null : `${FOLDER}${after}`);
  const names = keys.map((key) => key.slice(FOLDER.length));
  const entries = names.map(parsePendingName).filter((entry) => entry !== null);
  return { entries, next: isLast ? null : (names.at(-1) ?? null) };
}
