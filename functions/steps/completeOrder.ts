import { now } from '../aws/moment.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { orderOf } from '../order/orderRequest.ts';
import { completeOrder } from '../order/transitions.ts';
import type { Work } from '../order/work.ts';
import { changeOrder } from '../records/changeOrder.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { readRequest } from '../records/requests.ts';
import { afterApproval } from '../work/afterApproval.ts';
import { announceEnd, applyDecision, type Decided, type Ended } from './applyDecision.ts';
import { doWork } from './doWork.ts';
import { readDecided } from './readDecided.ts';
import { stepping } from './stepping.ts';

/** Without work after the approval, CONFIRMED and COMPLETED are one write. */
export const handler = stepping(async ({ orderId, signal }) => {
  const decided = await readDecided(orderId, 'CONFIRMED');
  if (afterApproval !== null) return completeAfter(afterApproval, decided, signal);
  const change = await applyDecision(decided, completeOrder);
  return announceEnd(change, decided, 'CONFIRMED', 'COMPLETED');
});

async function completeAfter(work: Work, decided: Decided, signal: AbortSignal): Promise<Ended> {
  const { orderId } = decided;
  const confirmed = await applyDecision(decided);
  await publishStatuses(lastEvents(confirmed, 'CONFIRMED'));
  if (confirmed.order.status === 'CONFIRMED')
    await doWork(work, orderOf(confirmed.order, await readRequest(orderId)), signal);
  const completed = await changeOrder(orderId, (order) => completeOrder(order, now()), confirmed);
  return announceEnd(completed, decided, 'COMPLETED');
}
