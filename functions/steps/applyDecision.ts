import type { Decision, DecisionKind, OrderStatus } from '../../schema.generated.ts';
import { changeOrder, type Change } from '../records/changeOrder.ts';
import { moment } from '../aws/moment.ts';
import type { StoredOrder } from '../records/orders.ts';
import { listAsEnded } from '../records/ended.ts';
import { forgetPending } from '../records/worklist.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { lastEvents } from '../order/lastEvents.ts';
import type { OrderId } from '../order/orderId.ts';
import { settleOrder } from '../order/transitions.ts';
import { OrderFailed } from './errors.ts';

export type Ended = { readonly orderId: OrderId; readonly status: OrderStatus };

/** Writes the status that the decision stands for, and nothing on a second run. */
export async function applyDecision(
  orderId: OrderId,
  decision: Decision,
  found: StoredOrder | null = null,
): Promise<Change> {
  const now = moment();
  const change = await changeOrder(orderId, (order) => settleOrder(order, decision, now), found);
  if (change.order.status === 'FAILED') throw new OrderFailed(`Order "${orderId}" has failed.`);
  return change;
}

/** Tells the subscribers, and takes the order off the worklist. */
export async function announceDecision(change: Change, kind: DecisionKind): Promise<void> {
  const { order } = change;
  await Promise.all([publishStatuses(lastEvents(change, kind)), forgetPending(order), listAsEnded(order)]);
}

export async function endWith(
  orderId: OrderId,
  decision: Decision,
  found: StoredOrder | null = null,
): Promise<Ended> {
  const change = await applyDecision(orderId, decision, found);
  await announceDecision(change, decision.kind);
  return { orderId, status: change.order.status };
}
