import { viewOrder } from '../records/orders.ts';
import { fieldsOf } from '../order/fields.ts';
import { parseOrderId } from '../order/orderId.ts';
import { answering } from './answering.ts';

export const handler = answering(async (event) => {
  const input = fieldsOf(event, 'the input of order');
  return viewOrder(parseOrderId(input.value('orderId')), input.value('showsRequest') !== false);
});
