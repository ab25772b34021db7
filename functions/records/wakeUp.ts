import type { DecisionKind } from '../../schema.generated.ts';
import { answerTask } from '../aws/executions.ts';
import type { OrderId } from '../order/orderId.ts';
import { readToken, type TaskToken } from './tokens.ts';

/**
 * R3: tells the waiting execution of a decision that is on record. `hint` is a token read before the decision was
 * written; a newer attempt may have replaced it since, so a spent one is read again. Without a token nobody waits
 * yet: `storeTaskToken` will find the decision, because it writes its token first and reads the decision then.
 */
export async function wakeUp(
  orderId: OrderId,
  kind: DecisionKind,
  hint: TaskToken | null = null,
): Promise<void> {
  if (hint !== null && (await answerTask(hint.token, orderId, kind))) return;
  const current = await readToken(orderId);
  if (current === null || current.token === hint?.token) return;
  await answerTask(current.token, orderId, kind);
}
