import { type AnyClientError, type Client, type Order, isClientError } from '../../../client/countersign.ts';
import { MAX_PAGE_ORDERS } from '../../../functions/order/limits.ts';
import { createChangeable, type Observable } from '../../observable.ts';
import { untilLive } from './createInbox.ts';
import type { Orders } from './createOrders.ts';

export type RecordState = {
  /** False until the first page has been answered. */
  readonly isLoaded: boolean;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Why the last page did not come. */
  readonly error: AnyClientError | null;
};

/** The orders that have ended, the newest first, loaded page by page. */
export type OrderRecord = Observable<RecordState> & {
  readonly loadMore: () => Promise<void>;
  /** Every order that has ended, from the first page to the last. */
  readonly loadAll: () => Promise<readonly Order[]>;
};

export function createRecord(client: Client, orders: Orders): OrderRecord {
  const state = createChangeable<RecordState>({
    isLoaded: false,
    hasMore: true,
    isLoading: false,
    error: null,
  });
  const change = (part: Partial<RecordState>) => state.change({ ...state.current(), ...part });
  let next: string | null = null;

  const page = async (nextToken: string | null) => {
    const answer = await client.endedOrders({ limit: MAX_PAGE_ORDERS, ...(nextToken && { nextToken }) });
    orders.learnPage(answer.items);
    return answer;
  };
  const loadMore = async (): Promise<void> => {
    if (state.current().isLoading || !state.current().hasMore) return;
    change({ isLoading: true, error: null });
    try {
      ({ nextToken: next } = await page(next));
      change({ isLoaded: true, isLoading: false, hasMore: next !== null });
    } catch (error) {
      if (!isClientError(error)) throw error;
      change({ isLoading: false, error });
    }
  };
  const loadFirst = async (): Promise<void> => {
    await loadMore();
    if (state.current().error?.retryable !== true) return;
    await untilLive(client);
    await loadFirst();
  };
  const loadAll = async () => {
    const all: Order[] = [];
    for (let token: string | null | undefined; token !== null;) {
      const { items, nextToken } = await page(token ?? null);
      all.push(...items);
      token = nextToken;
    }
    return all;
  };
  void loadFirst();
  return { ...state, loadMore, loadAll };
}
