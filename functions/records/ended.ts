import { putMark } from '../aws/objects.ts';
import { endedName } from '../order/endedEntry.ts';
import { isFinal } from '../order/moves.ts';
import type { OrderRecord } from '../order/orderRecord.ts';
import { listNames, type NamePage } from './names.ts';

// The list of ended orders: empty objects whose names sort the newest end first. The order's record is the truth.

const ENDED = { bucket: 'records', folder: 'ended/' } as const;

/** Puts an order that has ended on the list. The name depends on the order alone, so a second run changes nothing. */
export async function listAsEnded(order: OrderRecord): Promise<void> {
  if (!isFinal(order.status)) return;
  await putMark({ bucket: ENDED.bucket, key: `${ENDED.folder}${endedName(order)}` });
}

export const listEnded = (limit: number, after: string | null): Promise<NamePage> =>
  listNames(ENDED, limit, after);
