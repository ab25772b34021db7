import { beginProcessing } from '../order/transitions.ts';
import { OrderNotFound } from '../order/errors.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { now } from '../aws/moment.ts';
import { orderOf, receiveOrder } from '../order/orderRequest.ts';
import { changeOrder } from '../records/changeOrder.ts';
import { unwritten } from '../records/orders.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { readRequest } from '../records/requests.ts';
import { beforeApproval } from '../work/beforeApproval.ts';
import { doWork } from './doWork.ts';
import { stepping } from './stepping.ts';

/** Without work before the approval nothing happens here: `storeTaskToken` writes PROCESSING together with PAUSED. */
export const handler = stepping(async ({ orderId, signal }) => {
  if (beforeApproval === null) return { orderId };
  const request = await readRequest(orderId);
  if (request === null) throw new OrderNotFound(orderId);
  const at = now();
  // There is no record yet, unless this is a second run.
  const received = unwritten(receiveOrder(request));
  const change = await changeOrder(orderId, (order) => beginProcessing(order, at), received);
  await publishStatuses(lastEvents(change, 'PROCESSING'));
  if (change.order.status === 'PROCESSING')
    await doWork(beforeApproval, orderOf(change.order, request), signal);
  return { orderId };
});
