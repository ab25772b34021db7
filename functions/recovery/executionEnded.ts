import { fieldsOf } from '../order/fields.ts';
import { isOrderId, type OrderId } from '../order/orderId.ts';
import { endAsFailed } from '../records/endAsFailed.ts';
import { batching, succeeds, type Message } from './batching.ts';

const HOPELESS: readonly string[] = ['FAILED', 'ABORTED', 'TIMED_OUT'];

/** Rule 7 (docs/protocol.md): closes orders whose execution ended without a step that could. */
export const handler = batching(endedExecution, async (messages) => {
  const failed = await Promise.all(
    messages.map(async (message) => ((await close(message)) ? [] : [message.id])),
  );
  return failed.flat();
});

async function close({ work: ended }: Message<EndedExecution | null>): Promise<boolean> {
  if (ended === null) return true;
  const { orderId, status } = ended;
  return succeeds(orderId, () => endAsFailed(orderId, `The execution ended as ${status}.`));
}

type EndedExecution = { readonly orderId: OrderId; readonly status: string };

/** From an event of Step Functions; null: its execution is not an order's, or has not failed. */
function endedExecution(body: unknown): EndedExecution | null {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return null;
  const detail = fieldsOf(body.detail, 'the detail of an event of Step Functions');
  const orderId = detail.text('name');
  const status = detail.text('status');
  return isOrderId(orderId) && HOPELESS.includes(status) ? { orderId, status } : null;
}
