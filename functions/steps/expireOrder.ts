import { decideOnce } from '../aws/decisions.ts';
import { now } from '../aws/moment.ts';
import { expiredAt } from '../order/decision.ts';
import { endWith } from './applyDecision.ts';
import { DecidedOtherwise } from './errors.ts';
import { stepping } from './stepping.ts';

/** R6: the deadline is one more decider; it obeys a decision that came first. */
export const handler = stepping(async ({ orderId }) => {
  const standing = await decideOnce(orderId, expiredAt(now()));
  if (standing.kind !== 'EXPIRED') throw new DecidedOtherwise(orderId, standing.kind);
  return endWith(orderId, standing);
});
