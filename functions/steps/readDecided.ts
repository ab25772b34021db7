import type { DecisionKind } from '../../schema.generated.ts';
import type { OrderId } from '../order/orderId.ts';
import { readDecision } from '../records/decisions.ts';
import { findRecord } from '../records/orders.ts';
import type { Decided } from './applyDecision.ts';
import { DecisionMissing } from './errors.ts';

/** Rule 3 (docs/protocol.md): the record is the arbiter. A task that was answered without it, or against it, ends nothing. */
export async function readDecided(orderId: OrderId, wanted: DecisionKind): Promise<Decided> {
  const [decision, found] = await Promise.all([readDecision(orderId), findRecord(orderId)]);
  if (decision?.kind !== wanted) throw new DecisionMissing(orderId, wanted, decision?.kind ?? null);
  return { orderId, decision, found };
}
