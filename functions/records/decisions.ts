import type { Decision } from '../../schema.generated.ts';
import { createObject, readObject } from '../aws/objects.ts';
import { parseDecision } from '../order/decision.ts';
import type { OrderId } from '../order/orderId.ts';
import { retryLost } from './retryLost.ts';

const keyOf = (orderId: OrderId) => `decisions/${orderId}.json`;

export async function readDecision(orderId: OrderId): Promise<Decision | null> {
  const stored = await readObject(keyOf(orderId));
  return stored === null ? null : parseDecision(stored.value);
}

/** R3: the first decision wins for ever. Who loses the race gets the winner, and so does who lost the answer. */
export function decideOnce(orderId: OrderId, decision: Decision): Promise<Decision> {
  return retryLost(async () => {
    const isFirst = (await createObject(keyOf(orderId), decision)) !== null;
    return isFirst ? decision : readDecision(orderId);
  });
}
