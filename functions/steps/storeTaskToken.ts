import { now } from '../aws/moment.ts';
import type { Decision } from '../../schema.generated.ts';
import { OrderNotFound } from '../order/errors.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { receiveOrder } from '../order/orderRequest.ts';
import { pauseOrder } from '../order/transitions.ts';
import type { WaitingEntry } from '../order/waitingEntry.ts';
import { changeOrder, type Change } from '../records/changeOrder.ts';
import { readDecision } from '../records/decisions.ts';
import { findOrder, unwritten, type StoredOrder } from '../records/orders.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { removeMarkOfVersion1 } from '../records/version1.ts';
import { isFirstAttempt, removeToken, storeToken, type TaskToken } from '../records/waiting.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { beforeApproval } from '../work/beforeApproval.ts';
import { parseAttempt, type Attempt } from './attempt.ts';
import { DeadlinePassed, OrderFailed } from './errors.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId, fields }) => {
  const at = now();
  const attempt = parseAttempt(fields, at);
  const known = await orderBefore(orderId, attempt);
  const deadline = known.order.deadline ?? attempt.deadline;
  const entry = { orderId, deadline };
  const { token } = attempt;
  if (!isOpen(known.order.status)) {
    if (known.order.decision !== null) await obey(known.order.decision, { entry, token, orderId });
    return { orderId };
  }
  if (at >= deadline) throw new DeadlinePassed(`The deadline of order "${orderId}" has passed.`);
  const pause = { at, deadline, reminderMs: attempt.reminderMs };
  // Rule 3 (docs/protocol.md): token and record are written side by side, and the decision is read after both.
  const [fence, change] = await Promise.all([
    storeToken(entry, token),
    changeOrder(orderId, (order) => pauseOrder(order, pause), known),
    known.schemaVersion === 1 ? removeMarkOfVersion1(entry) : null,
  ]);
  if (fence === 'superseded') return { orderId };
  const [decision] = await Promise.all([readDecision(orderId), announcePause(change)]);
  if (decision !== null) await obey(decision, { entry, token, orderId });
  return { orderId };
});

/** The first attempt writes the first record, so it knows the order without reading it, unless own work came before. */
async function orderBefore(orderId: OrderId, { token, receivedAt }: Attempt): Promise<StoredOrder> {
  if (isFirstAttempt(token) && receivedAt !== null && beforeApproval === null)
    return unwritten(receiveOrder({ orderId, at: receivedAt }));
  const found = await findOrder(orderId);
  if (found === null) throw new OrderNotFound(orderId);
  return found;
}

/** PROCESSING goes with the first pause where no own work has come between the two. */
async function announcePause(change: Change): Promise<void> {
  const { status, history } = change.order;
  if (status !== 'PAUSED') return;
  const isOneWrite = beforeApproval === null && history.at(-1)?.reminder === 0;
  await publishStatuses(lastEvents(change, ...(isOneWrite ? (['PROCESSING'] as const) : []), 'PAUSED'));
}

type Waiting = { readonly orderId: OrderId; readonly entry: WaitingEntry; readonly token: TaskToken };

/** The decision came before the pause, or while this attempt was writing. */
async function obey({ kind }: Decision, { orderId, entry, token }: Waiting): Promise<void> {
  if (kind === 'EXPIRED' || kind === 'FAILED') {
    await removeToken(entry);
    if (kind === 'FAILED') throw new OrderFailed(`Order "${orderId}" has failed.`);
    throw new DeadlinePassed(`Order "${orderId}" has expired.`);
  }
  // An attempt that the engine gave up on may write its token after the order has ended.
  if ((await wakeUp({ orderId, kind, hint: token })) === 'moved on') await removeToken(entry);
}
