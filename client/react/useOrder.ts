import type { Client } from '../client.ts';
import { isFinal } from '../orderStatus.ts';
import type { Order } from '../schema.generated.ts';
import { useFollowing } from './useFollowing.ts';

/** What `useOrder` shows of one order. */
export type OrderView =
  | { readonly state: 'loading'; readonly order: null; readonly error: null }
  /** The order can still change, and is drawn again when it does. */
  | { readonly state: 'open'; readonly order: Order; readonly error: null }
  /** The order will never change again. */
  | { readonly state: 'ended'; readonly order: Order; readonly error: null }
  /** Nothing more comes; `order` is what was known last. An outage is not an error: see `useConnection`. */
  | { readonly state: 'error'; readonly order: Order | null; readonly error: Error };

/**
 * One order with its history, kept up to date until it has ended.
 * @example const { state, order, error } = useOrder(client, 'chairs-1');
 */
export function useOrder(client: Client, orderId: string): OrderView {
  return useFollowing<OrderView>([client, orderId], {
    follow: (show, signal) => followOrder(client, orderId, show, signal),
    loading: { state: 'loading', order: null, error: null },
    failed: ({ order }, error) => ({ state: 'error', order, error }),
  });
}

async function followOrder(
  client: Client,
  orderId: string,
  show: (view: OrderView) => void,
  signal: AbortSignal,
): Promise<void> {
  let version = 0;
  for await (const event of client.watchOrder(orderId, { signal })) {
    // One question answers all the events that came while it was asked.
    if (event.version <= version) continue;
    const order = await client.order(orderId, { signal, retries: Infinity });
    if (order === null) continue;
    version = order.version;
    show({ state: isFinal(order.status) ? 'ended' : 'open', order, error: null });
  }
}
