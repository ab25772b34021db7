import type { Decision } from '../../schema.generated.ts';
import { createObject, readObject } from '../aws/objects.ts';
import { parseDecision } from '../order/decision.ts';
import type { OrderId } from '../order/orderId.ts';
import { withSchemaVersion } from '../order/schemaVersion.ts';
import { retryLost } from './retryLost.ts';

const placeOf = (orderId: OrderId) => ({ bucket: 'records', key: `decisions/${orderId}.json` }) as const;

export async function readDecision(orderId: OrderId): Promise<Decision | null> {
  const stored = await readObject(placeOf(orderId));
  return stored === null ? null : parseDecision(stored.value);
}

/** Rule 3 (docs/protocol.md): the first decision stands. The loser of a race gets the winning decision; so does a caller whose first answer was lost. */
export function decideOnce(orderId: OrderId, decision: Decision): Promise<Decision> {
  return retryLost(async () => {
    const isFirst = (await createObject(placeOf(orderId), withSchemaVersion(decision))) !== null;
    return isFirst ? decision : readDecision(orderId);
  });
}
