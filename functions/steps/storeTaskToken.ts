import { moment } from '../aws/moment.ts';
import { findOrder } from '../records/orders.ts';
import { readDecision } from '../records/decisions.ts';
import { publishStatuses } from '../records/publishStatus.ts';
import { storeToken } from '../records/tokens.ts';
import { wakeUp } from '../records/wakeUp.ts';
import { OrderNotFound } from '../order/errors.ts';
import { lastEvents } from '../order/lastEvents.ts';
import { leftMs } from '../order/transitions.ts';
import { DeadlinePassed, OrderFailed } from './errors.ts';
import { enterPause } from './enterPause.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId, fields }) => {
  const token = {
    token: fields.text('taskToken'),
    redriveCount: fields.integer('redriveCount'),
    retryCount: fields.integer('retryCount'),
  };
  const now = moment();
  const [fence, found] = await Promise.all([storeToken(orderId, token), findOrder(orderId)]);
  if (fence === 'superseded') return { orderId };
  if (found === null) throw new OrderNotFound(orderId);
  if ((leftMs(found.order, now.at) ?? Infinity) <= 0)
    throw new DeadlinePassed(`The deadline of order "${orderId}" has passed.`);
  // R3: the token is stored and the decision read after it, so that one of the two writers sees the other.
  const [decision, pause] = await Promise.all([readDecision(orderId), enterPause(orderId, found, now)]);
  if (pause.order.status === 'PAUSED') await publishStatuses(lastEvents(pause, 'PAUSED'));
  if (decision?.kind === 'EXPIRED') throw new DeadlinePassed(`Order "${orderId}" has expired.`);
  if (decision?.kind === 'FAILED') throw new OrderFailed(`Order "${orderId}" has failed.`);
  if (decision !== null) await wakeUp(orderId, decision.kind, token);
  return { orderId };
});
