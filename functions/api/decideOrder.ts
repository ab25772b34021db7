import type { Decision, Order } from '../../schema.generated.ts';
import { decideOnce } from '../records/decisions.ts';
import { factsOf, log } from '../aws/log.ts';
import { emitMetrics } from '../aws/metrics.ts';
import { findOrder } from '../records/orders.ts';
import { readToken } from '../records/tokens.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { OrderAlreadyDecided, OrderNotFound } from '../order/errors.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import type { Person } from '../order/person.ts';
import { checkMayDecide } from './checkMayDecide.ts';

/** R3: the record is the arbiter, the token only a wake-up. */
export async function decideOrder(orderId: OrderId, wanted: Decision, person: Person | null): Promise<Order> {
  await checkMayDecide(orderId, wanted, person);
  const [found, hint] = await Promise.all([findOrder(orderId), readToken(orderId)]);
  if (found === null) throw new OrderNotFound(orderId);
  const standing = found.order.decision ?? (await decideOnce(orderId, wanted));
  if (standing.kind !== wanted.kind) throw new OrderAlreadyDecided(orderId, standing, wanted.kind);
  // R4: the decision is durable and acknowledged, whatever becomes of the wake-up: R7 makes up for it.
  if (isOpen(found.order.status))
    await wakeUp(orderId, standing.kind, hint).catch((error) => {
      log('A wake-up failed.', { orderId, ...factsOf(error) });
      emitMetrics({ WakeUpFailed: 1 });
    });
  return { ...found.order, decision: standing };
}
