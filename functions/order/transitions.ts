import type { Decision } from '../../schema.generated.ts';
import { isFinal, isOpen, moveOrder } from './moves.ts';
import type { OrderRecord } from './orderRecord.ts';

// What each state of the workflow does to an order. Every function answers the very same order when there is
// nothing to do, so that a second run of a step changes nothing.

export function beginProcessing(order: OrderRecord, at: string): OrderRecord {
  return order.status === 'RECEIVED' ? moveOrder(order, { status: 'PROCESSING', at }) : order;
}

export type Pause = { readonly at: string; readonly deadline: string; readonly reminderMs: number };

/**
 * The first pause sets the deadline; a reminder keeps it. An attempt that follows the last pause by less than half of
 * the interval is not a reminder: the last one died after it had written its pause, and this one does its work again.
 */
export function pauseOrder(order: OrderRecord, { at, deadline, reminderMs }: Pause): OrderRecord {
  const begun = beginProcessing(order, at);
  if (begun.status === 'PROCESSING') return moveOrder(begun, { status: 'PAUSED', at, deadline, reminder: 0 });
  if (order.status !== 'PAUSED' || Date.parse(at) - Date.parse(order.updatedAt) < reminderMs / 2)
    return order;
  const reminder = (order.history.at(-1)?.reminder ?? 0) + 1;
  return moveOrder(order, { status: 'PAUSED', at, deadline: order.deadline, reminder });
}

/**
 * Applies the decision that stands. An order that has not paused by then (its attempts failed until the deadline, or an
 * operator answered its task) pauses and is decided in one moment, so that no version is skipped.
 */
export function settleOrder(order: OrderRecord, decision: Decision, at: string): OrderRecord {
  if (!isOpen(order.status)) return order;
  const { kind: status, reason, decidedBy } = decision;
  const paused = order.status === 'PAUSED' ? order : pauseOrder(order, { at, deadline: at, reminderMs: 0 });
  return { ...moveOrder(paused, { status, at, reason, decidedBy }), decision };
}

export function completeOrder(order: OrderRecord, at: string): OrderRecord {
  return order.status === 'CONFIRMED' ? moveOrder(order, { status: 'COMPLETED', at }) : order;
}

/** Ends the order whatever was decided; the decision that stands stays with it. */
export function failOrder(
  order: OrderRecord,
  decision: Decision,
  failure: Pick<Decision, 'at' | 'reason'>,
): OrderRecord {
  if (isFinal(order.status)) return order;
  const { at, reason } = failure;
  return { ...moveOrder(order, { status: 'FAILED', at, reason }), decision };
}
