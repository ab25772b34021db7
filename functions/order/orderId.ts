import type { Branded } from './branded.ts';
import { ValidationError } from './errors.ts';
import { MAX_ORDER_ID_CHARACTERS, ORDER_ID_PATTERN } from './limits.ts';
import { quote } from './quote.ts';

/** The only user text that becomes a key or a name. */
export type OrderId = Branded<string, 'OrderId'>;

const ORDER_ID = new RegExp(ORDER_ID_PATTERN);

export const isOrderId = (value: unknown): value is OrderId =>
  typeof value === 'string' && ORDER_ID.test(value);

export function parseOrderId(value: unknown): OrderId {
  if (isOrderId(value)) return value;
  throw new ValidationError(
    `orderId ${quote(value)} is not valid: use 1 to ${MAX_ORDER_ID_CHARACTERS} characters from A-Z, a-z, 0-9, _ and -.`,
  );
}
