import type { Decision } from '../../schema.generated.ts';
import { now } from '../aws/moment.ts';
import { fieldsOf } from '../order/fields.ts';
import { parseClaim } from '../order/input.ts';
import { parsePerson } from '../order/person.ts';
import { parseOrderId } from '../order/orderId.ts';
import { answering } from './answering.ts';
import { decideOrder } from './decideOrder.ts';

export const handler = answering(async (event) => {
  const input = fieldsOf(event, 'the input of cancelOrder');
  const person = parsePerson(input.value('person'));
  const wanted: Decision = {
    kind: 'CANCELLED',
    decidedBy: person?.name ?? parseClaim(input.value('decidedBy'), 'decidedBy'),
    isVerified: person !== null, // an API key does not identify a person
    reason: parseClaim(input.value('reason'), 'reason'),
    at: now(),
  };
  return decideOrder(parseOrderId(input.value('orderId')), wanted, person);
});
