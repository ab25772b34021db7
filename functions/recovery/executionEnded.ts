import { endAsFailed } from '../records/endAsFailed.ts';
import { fieldsOf } from '../order/fields.ts';
import { isOrderId } from '../order/orderId.ts';

const HOPELESS: readonly string[] = ['FAILED', 'ABORTED', 'TIMED_OUT'];

/** R7: closes an order whose execution ended without a step that could. */
export async function handler(event: unknown): Promise<void> {
  const detail = fieldsOf(event, 'an event of Step Functions').value('detail');
  const execution = fieldsOf(detail, 'the detail of an event of Step Functions');
  const status = execution.text('status');
  const orderId = execution.text('name');
  if (isOrderId(orderId) && HOPELESS.includes(status))
    await endAsFailed(orderId, `The execution ended as ${status}.`);
}
