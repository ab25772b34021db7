import type { Client } from '../client.ts';
import type { Order } from '../schema.generated.ts';
import { useFollowing } from './useFollowing.ts';

/** What `usePendingOrders` shows. */
export type PendingOrdersView = {
  readonly state: 'loading' | 'ready' | 'error';
  /** The nearest deadline first. */
  readonly orders: readonly Order[];
  /** Whether more orders wait than were asked for. */
  readonly hasMore: boolean;
  /** Set with the state `error`: nothing more comes. An outage is not an error: see `useConnection`. */
  readonly error: Error | null;
};

export type PendingOrdersOptions = {
  /** How many orders to show at most, from 1 to 100; 20 if left out. */
  readonly limit?: number | undefined;
};

/** Many orders that move at once are asked for once. */
const PAUSE_MILLISECONDS = 200;

/**
 * The orders that wait for a decision, kept up to date.
 * @example const { state, orders, hasMore } = usePendingOrders(client, { limit: 50 });
 */
export function usePendingOrders(
  client: Client,
  { limit = 20 }: PendingOrdersOptions = {},
): PendingOrdersView {
  return useFollowing<PendingOrdersView>([client, limit], {
    follow: (show, signal) => followPendingOrders(client, limit, show, signal),
    loading: { state: 'loading', orders: [], hasMore: false, error: null },
    failed: (last, error) => ({ ...last, state: 'error', error }),
  });
}

async function followPendingOrders(
  client: Client,
  limit: number,
  show: (view: PendingOrdersView) => void,
  signal: AbortSignal,
): Promise<void> {
  const changes = createChanges(signal);
  // What happened before the connection was live is in no event that the list has seen.
  const unsubscribe = client.connection.subscribe(() => {
    if (client.connection.current().name === 'live') changes.note();
  });
  const hear = async () => {
    for await (const _event of client.watchOrders({ signal })) changes.note();
  };
  const read = async () => {
    while (await changes.next()) {
      const { items, nextToken } = await client.pendingOrders({ limit }, { signal, retries: Infinity });
      show({ state: 'ready', orders: items, hasMore: nextToken !== null, error: null });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  };
  await Promise.all([hear(), read()]).finally(unsubscribe);
}

/** Notes changes, and waits for the next one; the first is there from the beginning. */
function createChanges(signal: AbortSignal) {
  let isNoted = true;
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  const next = async (): Promise<boolean> => {
    if (!isNoted && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    isNoted = false;
    return !signal.aborted;
  };
  const note = () => {
    isNoted = true;
    wake();
  };
  return {
    note,
    /** Answers false when the signal has aborted. */
    next,
  };
}
