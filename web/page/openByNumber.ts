import type { Client } from '../../client/countersign.ts';
import { ORDER_ID_PATTERN } from '../../functions/order/limits.ts';
import type { Entry } from './orders/entry.ts';
import type { Arrival } from './useSelection.ts';

const ID = new RegExp(ORDER_ID_PATTERN);

export type OpenOptions = {
  readonly client: Client;
  readonly query: string;
  /** What the search has found among the orders that are loaded. */
  readonly found: readonly Entry[];
  readonly go: (orderId: string, arrival: Arrival) => void;
};

/** Opens the order with exactly this number, waiting or not; without one, the first that the search has found. */
export async function openByNumber({ client, query, found, go }: OpenOptions): Promise<void> {
  const wanted = query.trim();
  const [first] = found;
  const isNumber = ID.test(wanted);
  const isKnown = found.some(({ orderId }) => orderId === wanted);
  const isThere = isKnown || (isNumber && (await exists(client, wanted)));
  if (isThere || (isNumber && first === undefined)) go(wanted, 'name');
  else if (first !== undefined && wanted !== '') go(first.orderId, 'name');
}

async function exists(client: Client, orderId: string): Promise<boolean> {
  const order = await client.order(orderId).catch(() => null);
  return order !== null;
}
