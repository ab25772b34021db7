import { isOrderId, type OrderId } from './orderId.ts';
import type { OrderRecord } from './orderRecord.ts';

const LAST_MS = 9_999_999_999_999; // 13 digits, as every moment until the year 2286 has
const NAME = /^\d{13}_(.+)$/;

/** The name of an ended order in the list. Names sort the newest end first: `8232718399999_order-1`. */
export const endedName = ({ orderId, updatedAt }: OrderRecord): string =>
  `${String(LAST_MS - Date.parse(updatedAt)).padStart(13, '0')}_${orderId}`;

export function parseEndedName(name: string): OrderId | null {
  const [, orderId] = NAME.exec(name) ?? [];
  return isOrderId(orderId) ? orderId : null;
}
