import type { Order } from '../../schema.generated.ts';
import { changeOrder } from '../aws/changeOrder.ts';
import { moment } from '../aws/moment.ts';
import { findReceived } from '../aws/orders.ts';
import { publishStatuses } from '../aws/publishStatus.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { beginProcessing } from '../order/transitions.ts';
import { stepping } from './stepping.ts';

/**
 * YOUR WORK BEFORE THE APPROVAL GOES HERE. It may run twice, so let the second run change nothing. Throw to end
 * the order as FAILED.
 */
async function work(_order: Order): Promise<void> {}

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
    isUnderWay ? work(change.order) : Promise.resolve(),
  ]);
  return { orderId };
});
