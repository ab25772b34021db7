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
import { orderOf, receiveOrder, requestOrder } from '../order/orderRequest.ts';
import { answering } from './answering.ts';

/** Rule 1 (docs/protocol.md): the request is the fact; the execution follows from it, and every repetition starts it again. */
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
  const received = orderOf(receiveOrder(standing), standing);
  const order = standing === request ? received : ((await viewOrder(orderId)) ?? received);
  if (!isFinal(order.status)) await startExecution(standing);
  return order;
});
