import { decideOnce, readDecision } from '../records/decisions.ts';
import { now } from '../aws/moment.ts';
import { findOrder } from '../records/orders.ts';
import { expiredAt } from '../order/decision.ts';
import { leftMs } from '../order/transitions.ts';
import { endWith } from './applyDecision.ts';
import { DeadlineAhead, DecidedOtherwise } from './errors.ts';
import { stepping } from './stepping.ts';

// The clocks of Step Functions and Lambda differ by less. More is left only when the first attempt died before it had
// paused the order: the wait began before the deadline that the second one set, and it is over all the same.
const MAX_AHEAD_MS = 60_000;

/** R6: the deadline is one more decider; it obeys a decision that came first. */
export const handler = stepping(async ({ orderId }) => {
  const [found, decision] = await Promise.all([findOrder(orderId), readDecision(orderId)]);
  const at = now();
  const left = found === null ? null : leftMs(found.order, at);
  if (decision === null && left !== null && left > 0 && left <= MAX_AHEAD_MS)
    throw new DeadlineAhead(`Order "${orderId}" waits for another ${left} ms.`);
  const standing = decision ?? (await decideOnce(orderId, expiredAt(at)));
  if (standing.kind !== 'EXPIRED') throw new DecidedOtherwise(orderId, standing.kind);
  return endWith(orderId, standing, found);
});
