import { changeOrder, type Change } from '../records/changeOrder.ts';
import { moment } from '../aws/moment.ts';
import { listAsEnded } from '../records/ended.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { lastEvents } from '../order/lastEvents.ts';
import type { OrderId } from '../order/orderId.ts';
import { completeOrder } from '../order/transitions.ts';
import { afterApproval } from '../work/afterApproval.ts';
import { announceDecision, applyDecision } from './applyDecision.ts';
import { readDecided } from './readDecided.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId }) => {
  const { decision, found } = await readDecided(orderId, 'CONFIRMED');
  const confirmed = await applyDecision(orderId, decision, found);
  const [, completed] = await Promise.all([
    announceDecision(confirmed, 'CONFIRMED'),
    complete(orderId, confirmed),
  ]);
  await Promise.all([publishStatuses(lastEvents(completed, 'COMPLETED')), listAsEnded(completed.order)]);
  return { orderId, status: completed.order.status };
});

async function complete(orderId: OrderId, confirmed: Change): Promise<Change> {
  if (confirmed.order.status === 'CONFIRMED') await afterApproval?.(confirmed.order);
  return changeOrder(orderId, (order) => completeOrder(order, moment()), confirmed);
}
