import { util } from '@aws-appsync/utils';
import { MAX_ORDER_DETAILS_BYTES } from '../../functions/order/limits.ts';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

export function checkOrderDetails(orderDetails: string | null | undefined): string | null {
  const details = orderDetails ?? null;
  if (details === null || bytesOf(details) <= MAX_ORDER_DETAILS_BYTES) return details;
  return refuse(
    `orderDetails must be at most ${MAX_ORDER_DETAILS_BYTES} bytes of UTF-8; got ${bytesOf(details)}: ${quote(details)}.`,
  );
}

/** AppSync's JavaScript has no byte arrays, and its loops stop after 1,000 turns. Base64 makes 4 characters of 3 bytes. */
function bytesOf(text: string): number {
  const base64 = util.base64Encode(text);
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
