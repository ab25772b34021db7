import type { Order } from '../../schema.generated.ts';
import { listKeys, putMark } from '../aws/objects.ts';
import { endedName } from '../order/endedEntry.ts';
import { isFinal } from '../order/moves.ts';
import type { NamePage } from './worklist.ts';

// The list of ended orders: empty objects whose names sort the newest end first. The order's record is the truth.

const FOLDER = 'ended/';

/** Puts an order on the list that has ended. The name depends on the order alone, so the second time changes nothing. */
export async function listAsEnded(order: Order): Promise<void> {
  if (isFinal(order.status)) await putMark(`${FOLDER}${endedName(order)}`);
}

/** `after` and `next` are names, without the folder. */
export async function listEnded(limit: number, after: string | null): Promise<NamePage> {
  const { keys, isLast } = await listKeys(FOLDER, limit, after === null ? null : `${FOLDER}${after}`);
  const names = keys.map((key) => key.slice(FOLDER.length));
  return { names, next: isLast ? null : (names.at(-1) ?? null) };
}
