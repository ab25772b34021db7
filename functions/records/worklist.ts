import type { Order } from '../../schema.generated.ts';
import { listKeys, putMark, removeObject } from '../aws/objects.ts';
import { pausedUntil, pendingName } from '../order/pendingEntry.ts';

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

/** Names in a list, without its folder; `next` is the name after which the next page begins, null on the last page. */
export type NamePage = { readonly names: readonly string[]; readonly next: string | null };

/** `after` and `next` are names, without the folder. */
export async function listPending(limit: number, after: string | null): Promise<NamePage> {
  const { keys, isLast } = await listKeys(FOLDER, limit, after === null ? null : `${FOLDER}${after}`);
  const names = keys.map((key) => key.slice(FOLDER.length));
  return { names, next: isLast ? null : (names.at(-1) ?? null) };
}
