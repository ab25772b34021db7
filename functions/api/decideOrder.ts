import type { Decision, Order } from '../../schema.generated.ts';
import { factsOf, log } from '../aws/log.ts';
import { emitMetrics } from '../aws/metrics.ts';
import { OrderAlreadyDecided, OrderNotFound } from '../order/errors.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { orderOf } from '../order/orderRequest.ts';
import type { Person } from '../order/person.ts';
import { decideOnce } from '../records/decisions.ts';
import { measureDecision } from '../records/measures.ts';
import { findOrder } from '../records/orders.ts';
import { readRequest } from '../records/requests.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { findToken } from '../records/worklist.ts';
import { checkMayDecide } from './checkMayDecide.ts';

export type Wanted = {
  readonly orderId: OrderId;
  readonly decision: Decision;
  /** The signed-in caller; null for an API key. */
  readonly person: Person | null;
  /** Whether the answer shows a field of the request record; otherwise that record is not read. */
  readonly showsRequest: boolean;
};

/** Every decision from outside is made here. Rule 3 (docs/protocol.md): the record is the arbiter, the token only a wake-up. */
export async function decideOrder({ orderId, decision, person, showsRequest }: Wanted): Promise<Order> {
  await checkMayDecide(orderId, decision, person);
  const found = await findOrder(orderId);
  if (found === null) throw new OrderNotFound(orderId);
  const [standing, hint, request] = await Promise.all([
    found.order.decision ?? decideOnce(orderId, decision),
    findToken(found),
    showsRequest ? readRequest(orderId) : null,
  ]);
  if (standing === decision) measureDecision(found.order, decision);
  if (standing.kind !== decision.kind) throw new OrderAlreadyDecided(orderId, standing, decision.kind);
  // Rule 4: the decision is durable, so it is acknowledged even when the wake-up fails. Rule 7 makes up for that.
  if (isOpen(found.order.status))
    await wakeUp({ orderId, kind: standing.kind, hint }).catch((error: unknown) => {
      log('A wake-up failed.', { orderId, ...factsOf(error) });
      emitMetrics({ WakeUpFailed: 1 });
    });
  return orderOf({ ...found.order, decision: standing }, request);
}
