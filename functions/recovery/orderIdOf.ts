import { fieldsOf } from '../order/fields.ts';
import { isOrderId, type OrderId } from '../order/orderId.ts';

const RECORD = /^(?:requests|decisions)\/(.+)\.json$/;

/** The order whose record was created, from S3's event `Object Created`; null: an object that is none of ours. */
export function orderIdOf(event: unknown): OrderId | null {
  const detail = fieldsOf(event, 'an event of S3').value('detail');
  const object = fieldsOf(detail, 'the detail of an event of S3').value('object');
  const key = fieldsOf(object, 'the object of an event of S3').text('key');
  const [, orderId] = RECORD.exec(key) ?? [];
  return isOrderId(orderId) ? orderId : null;
}
