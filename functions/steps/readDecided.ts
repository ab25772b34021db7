import type { Decision, DecisionKind } from '../../schema.generated.ts';
import { readDecision } from '../records/decisions.ts';
import { findOrder, type StoredOrder } from '../records/orders.ts';
import type { OrderId } from '../order/orderId.ts';
import { DecisionMissing } from './errors.ts';

export type Decided = { readonly decision: Decision; readonly found: StoredOrder | null };

/** R3: the record is the arbiter. A task that was answered without it, or against it, ends nothing. */
export async function readDecided(orderId: OrderId, wanted: DecisionKind): Promise<Decided> {
  const [decision, found] = await Promise.all([readDecision(orderId), findOrder(orderId)]);
  if (decision?.kind !== wanted) throw new DecisionMissing(orderId, wanted, decision?.kind ?? null);
  return { decision, found };
}
