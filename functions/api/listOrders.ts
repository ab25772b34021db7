import type { Order, OrderPage } from '../../schema.generated.ts';
import { fieldsOf } from '../order/fields.ts';
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
    const items: Order[] = [];
    for (let listing = 0; listing < MAX_LISTINGS; listing += 1) {
      const { names, next } = await list(limit - items.length, after);
      items.push(...(await Promise.all(names.map(find))).filter((order) => order !== null));
      if (next === null) return { items, nextToken: null };
      after = next;
      if (items.length >= limit) break;
    }
    return { items, nextToken: after === null ? null : pageToken(after) };
  });
