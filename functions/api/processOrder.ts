import { startExecution } from '../aws/executions.ts';
import { now } from '../aws/moment.ts';
import { viewOrder } from '../records/orders.ts';
import { requestOnce } from '../records/requests.ts';
import { OrderAlreadyExists } from '../order/errors.ts';
import { fieldsOf } from '../order/fields.ts';
import { parseClaim, parseOrderDetails } from '../order/input.ts';
import { isFinal } from '../order/moves.ts';
import { parseOrderId } from '../order/orderId.ts';
import { parsePerson } from '../order/person.ts';
import { receiveOrder, requestOrder } from '../order/orderRequest.ts';
import { answering } from './answering.ts';

/** R1: the request is the fact; the execution follows from it and is started again as often as it is asked for. */
export const handler = answering(async (event) => {
  const input = fieldsOf(event, 'the input of processOrder');
  const orderId = parseOrderId(input.value('orderId'));
  const person = parsePerson(input.value('person'));
  const request = requestOrder({
    orderId,
    orderDetails: parseOrderDetails(input.value('orderDetails')),
    requestedBy: person?.name ?? parseClaim(input.value('requestedBy'), 'requestedBy'),
    requesterId: person?.id ?? null,
    at: now(),
  });
  const standing = await requestOnce(request);
  if (standing.hash !== request.hash) throw new OrderAlreadyExists(orderId);
  const received = receiveOrder(standing);
  const order = standing === request ? received : ((await viewOrder(orderId)) ?? received);
  if (!isFinal(order.status)) await startExecution(orderId);
  return order;
});
