import { log } from '../aws/log.ts';
import { now } from '../aws/moment.ts';
import { expiredAt } from '../order/decision.ts';
import { decideOnce, readDecision } from '../records/decisions.ts';
import { findRecord } from '../records/orders.ts';
import { endWith } from './applyDecision.ts';
import { DeadlineAhead, DecidedOtherwise } from './errors.ts';
import { stepping } from './stepping.ts';

const INTERVAL_SECONDS = 60; // an execution that began under version 1 does not tell its interval

/** Rule 6 (docs/protocol.md): the deadline is one more decider, and obeys a decision that came first. */
export const handler = stepping(async ({ orderId, fields }) => {
  const [found, decision] = await Promise.all([findRecord(orderId), readDecision(orderId)]);
  const at = now();
  const intervalMs = (fields.integerOrNull('reminderSeconds') ?? INTERVAL_SECONDS) * 1000;
  const leftMs = Date.parse(found?.order.deadline ?? at) - Date.parse(at);
  // Clocks differ, and an engine may count the attempts of a wait otherwise. More than an interval is a changed setting.
  if (decision === null && leftMs > 0 && leftMs <= intervalMs) {
    log('A wait ended before its deadline.', { orderId, leftMs });
    throw new DeadlineAhead(`Order "${orderId}" has ${leftMs} ms left.`);
  }
  const standing = decision ?? (await decideOnce(orderId, expiredAt(at)));
  if (standing.kind !== 'EXPIRED') throw new DecidedOtherwise(orderId, standing.kind);
  return endWith({ orderId, decision: standing, found });
});
