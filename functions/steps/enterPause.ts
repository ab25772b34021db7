import { lastEvents } from '../order/lastEvents.ts';
import { pauseOrder, type Pause } from '../order/transitions.ts';
import { changeOrder, type Change } from '../records/changeOrder.ts';
import { measurePause } from '../records/measures.ts';
import type { StoredOrder } from '../records/orders.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { removeMarkOfVersion1 } from '../records/version1.ts';
import { storeToken } from '../records/waiting.ts';
import { beforeApproval } from '../work/beforeApproval.ts';
import type { Waiting } from './obeyDecision.ts';

/** Writes token and record side by side. An attempt that a newer one has superseded has nothing more to do. */
export async function enterPause(
  { orderId, entry, token }: Waiting,
  known: StoredOrder,
  pause: Pause,
): Promise<Change | 'superseded'> {
  const [fence, change] = await Promise.all([
    storeToken(entry, token),
    changeOrder(orderId, (order) => pauseOrder(order, pause), known),
  ]);
  if (fence === 'superseded') return fence;
  if (known.schemaVersion === 1) await removeMarkOfVersion1(entry); // its new line stands: the order is on the worklist all the time
  measurePause(change);
  return change;
}

/** PROCESSING goes with the first pause where no own work has come between the two. */
export async function announcePause(change: Change): Promise<void> {
  const { status, history } = change.order;
  if (status !== 'PAUSED') return;
  const isOneWrite = beforeApproval === null && history.at(-1)?.reminder === 0;
  await publishStatuses(lastEvents(change, ...(isOneWrite ? (['PROCESSING'] as const) : []), 'PAUSED'));
}
