import type { DecisionKind } from '../../schema.generated.ts';
import { now } from '../aws/moment.ts';
import { fieldsOf, type Fields } from '../order/fields.ts';
import { parseClaim } from '../order/input.ts';
import { parseOrderId } from '../order/orderId.ts';
import { parsePerson } from '../order/person.ts';
import { answering } from './answering.ts';
import { decideOrder } from './decideOrder.ts';

/** A mutation that decides an order; `kindOf` reads the decision from its input. */
export const deciding = (kindOf: (input: Fields) => DecisionKind) =>
  answering(async (event) => {
    const input = fieldsOf(event, 'the input of a decision');
    const person = parsePerson(input.value('person'));
    return decideOrder({
      orderId: parseOrderId(input.value('orderId')),
      decision: {
        kind: kindOf(input),
        decidedBy: person?.name ?? parseClaim(input.value('decidedBy'), 'decidedBy'),
        isVerified: person !== null, // an API key does not identify a person
        reason: parseClaim(input.value('reason'), 'reason'),
        at: now(),
      },
      person,
      showsRequest: input.value('showsRequest') !== false,
    });
  });
