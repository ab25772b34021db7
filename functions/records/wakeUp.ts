import type { DecisionKind } from '../../schema.generated.ts';
import { answerTask } from '../aws/executions.ts';
import { isOpen } from '../order/moves.ts';
import type { OrderId } from '../order/orderId.ts';
import { findRecord } from './orders.ts';
import type { TaskToken } from './waiting.ts';
import { findToken } from './worklist.ts';

export type WakeUp = {
  readonly orderId: OrderId;
  readonly kind: DecisionKind;
  /** A token that was read before the decision was written. */
  readonly hint: TaskToken | null;
};

/** `moved on`: the workflow has applied a decision already, so that nothing waits any more. */
export type Woken = 'woken' | 'not waiting' | 'moved on';

/**
 * Rule 3 (docs/protocol.md): tells the waiting execution of a decision that is on record. A newer attempt may have replaced
 * the token of the hint, so one that is missing or spent is looked up once more. If there is still none, `storeTaskToken`
 * finds the decision: it writes token and record first, and reads the decision then.
 */
export async function wakeUp({ orderId, kind, hint }: WakeUp): Promise<Woken> {
  if (hint !== null && (await answerTask(hint.token, orderId, kind))) return 'woken';
  const record = await findRecord(orderId);
  if (record === null) return 'not waiting';
  if (!isOpen(record.order.status)) return 'moved on';
  const current = await findToken(record);
  if (current === null || current.token === hint?.token) return 'not waiting';
  return (await answerTask(current.token, orderId, kind)) ? 'woken' : 'not waiting';
}
