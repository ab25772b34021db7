import { now } from '../aws/moment.ts';
import { isOpen } from '../order/moves.ts';
import { readDecision } from '../records/decisions.ts';
import { parseAttempt } from './attempt.ts';
import { announcePause, enterPause } from './enterPause.ts';
import { DeadlinePassed } from './errors.ts';
import { obeyDecision } from './obeyDecision.ts';
import { orderBefore } from './orderBefore.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId, fields }) => {
  const at = now();
  const attempt = parseAttempt(fields, at);
  const known = await orderBefore(orderId, attempt);
  const deadline = known.order.deadline ?? attempt.deadline;
  const waiting = { orderId, entry: { orderId, deadline }, token: attempt.token };
  if (!isOpen(known.order.status)) {
    await obeyDecision(known.order.decision, waiting);
    return { orderId };
  }
  if (at >= deadline) throw new DeadlinePassed(`The deadline of order "${orderId}" has passed.`);
  const pause = await enterPause(waiting, known, { at, deadline, reminderMs: attempt.reminderMs });
  if (pause === 'superseded') return { orderId };
  // Rule 3 (docs/protocol.md): the decision is read after token and record, so that one of the two writers sees the other.
  const [decision] = await Promise.all([readDecision(orderId), announcePause(pause)]);
  await obeyDecision(decision, waiting);
  return { orderId };
});
