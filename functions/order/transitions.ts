import type { Decision, Order } from '../../schema.generated.ts';
import { isFinal, isOpen, moveOrder } from './moves.ts';

// What each state of the workflow does to an order. Every function answers the very same order when there is
// nothing to do, so that a second run of a step changes nothing.

/** Now, and when an order that pauses now expires. */
export type Moment = { readonly at: string; readonly deadline: string };

export function beginProcessing(order: Order, { at }: Moment): Order {
  return order.status === 'RECEIVED' ? moveOrder(order, { status: 'PROCESSING', at }) : order;
}

/**
 * The first pause sets the deadline; a reminder keeps it. An attempt that follows the last pause by less than half of
 * the interval is no reminder: the last one died after it had written its pause, and this one does its work again.
 */
export function pauseOrder(order: Order, { at, deadline }: Moment, reminderMs: number): Order {
  if (order.status === 'PROCESSING') return moveOrder(order, { status: 'PAUSED', at, deadline, reminder: 0 });
  if (order.status !== 'PAUSED' || Date.parse(at) - Date.parse(order.updatedAt) < reminderMs / 2)
    return order;
  const reminder = (order.history.at(-1)?.reminder ?? 0) + 1;
  return moveOrder(order, { status: 'PAUSED', at, deadline: order.deadline, reminder });
}

/** How long a paused order has left until its deadline; null: the order is not paused. */
export function leftMs(order: Order, at: string): number | null {
  const isPaused = order.status === 'PAUSED' && order.deadline !== null;
  return isPaused ? Date.parse(order.deadline) - Date.parse(at) : null;
}

/**
 * Applies the decision that stands. A decision can overtake the pause: its token was stored, and the Lambda that
 * stored it has not written PAUSED yet or has died. The pause is made up for here, so that no version is skipped.
 */
export function settleOrder(order: Order, decision: Decision, moment: Moment): Order {
  if (!isOpen(order.status)) return order;
  const { kind: status, reason, decidedBy } = decision;
  const paused = order.status === 'PROCESSING' ? pauseOrder(order, moment, 0) : order;
  return { ...moveOrder(paused, { status, at: moment.at, reason, decidedBy }), decision };
}

export function completeOrder(order: Order, { at }: Moment): Order {
  return order.status === 'CONFIRMED' ? moveOrder(order, { status: 'COMPLETED', at }) : order;
}

/** Ends the order whatever was decided; the decision that stands stays with it. */
export function failOrder(order: Order, decision: Decision, failure: Pick<Decision, 'at' | 'reason'>): Order {
  if (isFinal(order.status)) return order;
  const { at, reason } = failure;
  return { ...moveOrder(order, { status: 'FAILED', at, reason }), decision };
}
