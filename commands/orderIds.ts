import { MAX_ORDER_ID_CHARACTERS } from '../functions/order/limits.ts';
import { isOrderId, type OrderId } from '../functions/order/orderId.ts';
import { quote } from '../functions/order/quote.ts';
import { BadCommand } from './outputs.ts';

/** Reads the order ids of a command before it does anything. `undone` says so, such as `No order was forgotten.` */
export function parseOrderIds(words: readonly string[], undone: string): readonly OrderId[] {
  return words.map((word) => {
    if (isOrderId(word)) return word;
    throw new BadCommand(
      `${quote(word)} is not an order id: use 1 to ${MAX_ORDER_ID_CHARACTERS} characters from A-Z, a-z, 0-9, _ and -. ${undone}`,
    );
  });
}
