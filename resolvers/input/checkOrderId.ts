import { util } from '@aws-appsync/utils';
import { MAX_ORDER_ID_CHARACTERS, ORDER_ID_PATTERN } from '../../functions/order/limits.ts';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

export function checkOrderId(orderId: string): string {
  // AppSync's patterns are Java's, where $ also matches before a final line feed.
  if (util.matches(ORDER_ID_PATTERN, orderId) && !orderId.includes('\n')) return orderId;
  return refuse(
    `orderId ${quote(orderId)} is not valid: use 1 to ${MAX_ORDER_ID_CHARACTERS} characters from A-Z, a-z, 0-9, _ and -.`,
  );
}
