import { util } from '@aws-appsync/utils';
import { quote } from './quote.ts';
import { refuse } from './refuse.ts';

const MOST_BYTES = 16384; // 16 KiB

export function checkOrderDetails(orderDetails: string | null | undefined): string | null {
  const details = orderDetails ?? null;
  if (details === null || bytesOf(details) <= MOST_BYTES) return details;
  return refuse(
    `orderDetails ${quote(details)} has ${bytesOf(details)} bytes of UTF-8; at most ${MOST_BYTES} are allowed.`,
  );
}

/** AppSync's JavaScript has no bytes, and a loop of its has 1,000 turns at most: base64 makes 4 characters of 3 bytes. */
function bytesOf(text: string): number {
  const base64 = util.base64Encode(text);
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
