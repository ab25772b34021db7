import type { Order, OrderPage } from '../../schema.generated.ts';
import { fieldsOf } from '../order/fields.ts';
import { MAX_PAGE_BYTES } from '../order/limits.ts';
import { pageToken, parseLimit, parsePageToken } from '../order/pageToken.ts';
import type { NamePage } from '../records/names.ts';
import { answering } from './answering.ts';

const MAX_LISTINGS = 5; // orders that have just left the list are skipped; a short page is better than a slow one

export type OrderList = {
  readonly isName: (name: string) => boolean;
  readonly list: (limit: number, after: string | null) => Promise<NamePage>;
  /** The order of a name; null: it does not belong on the list any more. */
  readonly find: (name: string) => Promise<Order | null>;
};

/** A query of a page of orders, from a list of names that only point to orders. */
export const listOrders = ({ isName, list, find }: OrderList) =>
  answering(async (event): Promise<OrderPage> => {
    const input = fieldsOf(event, 'the input of a list of orders');
    const limit = parseLimit(input.value('limit'));
    let after = parsePageToken(input.value('nextToken'), isName);
    let room = MAX_PAGE_BYTES;
    const items: Order[] = [];
    for (let listing = 0; listing < MAX_LISTINGS && items.length < limit; listing += 1) {
      const { names, next } = await list(limit - items.length, after);
      const orders = await Promise.all(names.map(find));
      for (const [index, order] of orders.entries()) {
        room -= order === null ? 0 : Buffer.byteLength(JSON.stringify(order));
        if (room < 0 && items.length > 0) return { items, nextToken: pageToken(after) };
        if (order !== null) items.push(order);
        after = names[index] ?? after;
      }
      if (next === null) return { items, nextToken: null };
    }
    return { items, nextToken: pageToken(after) };
  });
