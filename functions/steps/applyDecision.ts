import type { Decision, OrderStatus } from '../../schema.generated.ts';
import { now } from '../aws/moment.ts';
import { lastEvents } from '../order/lastEvents.ts';
import type { OrderId } from '../order/orderId.ts';
import type { OrderRecord } from '../order/orderRecord.ts';
import { settleOrder } from '../order/transitions.ts';
import { changeOrder, type Change } from '../records/changeOrder.ts';
import { listAsEnded } from '../records/ended.ts';
import type { StoredOrder } from '../records/orders.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { leaveWorklist } from '../records/worklist.ts';
import { OrderFailed } from './errors.ts';

export type Ended = { readonly orderId: OrderId; readonly status: OrderStatus };

export type Decided = {
  readonly orderId: OrderId;
  readonly decision: Decision;
  /** Null: the workflow has not written the order yet. */
  readonly found: StoredOrder | null;
};

/** Writes what the decision stands for, with what follows from it at once, and nothing on a second run. */
export async function applyDecision(
  { orderId, decision, found }: Decided,
  andThen: (order: OrderRecord, at: string) => OrderRecord = (order) => order,
): Promise<Change> {
  const at = now();
  const change = await changeOrder(orderId, (order) => andThen(settleOrder(order, decision, at), at), found);
  if (change.order.status === 'FAILED') throw new OrderFailed(`Order "${orderId}" has failed.`);
  return change;
}

/** Tells the subscribers, and takes the order from the list of those that wait to the list of those that have ended. */
export async function announceEnd(
  change: Change,
  { orderId, found }: Decided,
  ...statuses: readonly OrderStatus[]
): Promise<Ended> {
  const { order } = change;
  await Promise.all([
    publishStatuses(lastEvents(change, ...statuses)),
    leaveWorklist(change, found?.schemaVersion ?? change.schemaVersion),
    listAsEnded(order),
  ]);
  return { orderId, status: order.status };
}

export async function endWith(decided: Decided): Promise<Ended> {
  return announceEnd(await applyDecision(decided), decided, decided.decision.kind);
}
