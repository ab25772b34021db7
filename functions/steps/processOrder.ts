import { changeOrder } from '../records/changeOrder.ts';
import { moment } from '../aws/moment.ts';
import { findReceived } from '../records/orders.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { beginProcessing } from '../order/transitions.ts';
import { beforeApproval } from '../work/beforeApproval.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId }) => {
  const now = moment();
  const change = await changeOrder(
    orderId,
    (order) => beginProcessing(order, now),
    await findReceived(orderId), // the record cannot be there yet, unless this is a second run
  );
  const isUnderWay = change.order.status === 'PROCESSING';
  await Promise.all([
    publishStatuses(lastEvents(change, 'PROCESSING')),
    isUnderWay ? beforeApproval?.(change.order) : null,
  ]);
  return { orderId };
});
