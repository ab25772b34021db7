import type { Branded } from './branded.ts';
import { ValidationError } from './errors.ts';
import { quote } from './quote.ts';

/** The only user text that becomes a key or a name. */
export type OrderId = Branded<string, 'OrderId'>;

const ORDER_ID = /^[A-Za-z0-9_-]{1,64}$/;

export const isOrderId = (value: unknown): value is OrderId =>
  typeof value === 'string' && ORDER_ID.test(value);

export function parseOrderId(value: unknown): OrderId {
  if (isOrderId(value)) return value;
  throw new ValidationError(
    `orderId ${quote(value)} is not allowed: it has 1 to 64 of the characters A-Z a-z 0-9 _ and -.`,
  );
}
