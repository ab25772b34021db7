import { now } from '../aws/moment.ts';
import { fieldsOf } from '../order/fields.ts';
import { parseClaim, parseConfirmed } from '../order/input.ts';
import { parseOrderId } from '../order/orderId.ts';
import { answering } from './answering.ts';
import { decideOrder } from './decideOrder.ts';

export const handler = answering(async (event) => {
  const input = fieldsOf(event, 'the input of confirmOrder');
  return decideOrder(parseOrderId(input.value('orderId')), {
    kind: parseConfirmed(input.value('isConfirmed')) ? 'CONFIRMED' : 'REJECTED',
    decidedBy: parseClaim(input.value('decidedBy'), 'decidedBy'),
    isVerified: false, // an API key does not identify a person
    reason: parseClaim(input.value('reason'), 'reason'),
    at: now(),
  });
});
