import { decideOnce, readDecision } from '../aws/decisions.ts';
import { now } from '../aws/moment.ts';
import { findOrder } from '../aws/orders.ts';
import { expiredAt } from '../order/decision.ts';
import { isOverdue } from '../order/transitions.ts';
import { endWith } from './applyDecision.ts';
import { DeadlineAhead, DecidedOtherwise } from './errors.ts';
import { stepping } from './stepping.ts';

/** R6: the deadline is one more decider; it obeys a decision that came first. */
export const handler = stepping(async ({ orderId }) => {
  const [found, decision] = await Promise.all([findOrder(orderId), readDecision(orderId)]);
  const at = now();
  if (found !== null && decision === null && isOverdue(found.order, at) === false)
    throw new DeadlineAhead(`Order "${orderId}" waits until ${found.order.deadline}.`);
  const standing = decision ?? (await decideOnce(orderId, expiredAt(at)));
  if (standing.kind !== 'EXPIRED') throw new DecidedOtherwise(orderId, standing.kind);
  return endWith(orderId, standing, found);
});
