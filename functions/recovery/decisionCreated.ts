import { readDecision } from '../records/decisions.ts';
import { findOrder } from '../records/orders.ts';
import { readToken } from '../records/tokens.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { isOpen } from '../order/moves.ts';
import { orderIdOf } from './orderIdOf.ts';

/** R7: resumes what a crash between the decision and its wake-up left undone. A failure here is tried again. */
export async function handler(event: unknown): Promise<void> {
  const orderId = orderIdOf(event);
  if (orderId === null) return;
  const found = await findOrder(orderId);
  if (found === null || !isOpen(found.order.status)) return;
  const [decision, token] = await Promise.all([readDecision(orderId), readToken(orderId)]);
  if (decision !== null && token !== null) await wakeUp(orderId, decision.kind, token);
}
