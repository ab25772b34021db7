import { readObject, removeObject } from '../aws/objects.ts';
import { waitingName, type WaitingEntry } from '../order/waitingEntry.ts';
import { listNames, type NamePage } from './names.ts';
import { parseToken, type TaskToken } from './waiting.ts';

// What version 1 kept in the bucket of the records for an order that waits: its token, and an empty object that was its
// line on the worklist. Nothing writes them any more, and the bucket's lifecycle removes what is left behind.

const PENDING = { bucket: 'records', folder: 'pending/' } as const;

export async function readTokenOfVersion1(orderId: string): Promise<TaskToken | null> {
  const stored = await readObject({ bucket: 'records', key: `tokens/${orderId}.json` });
  return stored === null ? null : parseToken(stored);
}

export const removeMarkOfVersion1 = (entry: WaitingEntry): Promise<void> =>
  removeObject({ bucket: PENDING.bucket, key: `${PENDING.folder}${waitingName(entry)}` });

let isEmpty = false; // once empty, it stays empty: nothing writes there any more

/** The worklist of version 1. After its last order it costs one listing for each instance of the function. */
export async function listWaitingOfVersion1(limit: number, after: string | null): Promise<NamePage> {
  if (isEmpty) return { names: [], next: null };
  const page = await listNames(PENDING, limit, after);
  isEmpty = after === null && page.names.length === 0;
  return page;
}
