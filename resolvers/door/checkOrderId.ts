import { util } from '@aws-appsync/utils';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

export function checkOrderId(orderId: string): string {
  // AppSync's patterns are Java's, where $ lets a line feed through.
  if (util.matches('^[A-Za-z0-9_-]{1,64}$', orderId) && !orderId.includes('\n')) return orderId;
  return refuse(
    `orderId ${quote(orderId)} is not allowed: it has 1 to 64 of the characters A-Z a-z 0-9 _ and -.`,
  );
}
