import {
  type AnyClientError,
  type Client,
  isClientError,
  isFinal,
  type OrderStatusEvent,
} from '../../../client/countersign.ts';
import { MAX_PAGE_ORDERS } from '../../../functions/order/limits.ts';
import type { ServerClock } from '../../serverClock.ts';
import { createChangeable, type Observable } from '../../observable.ts';
import { createLookUp } from './createLookUp.ts';
import type { Orders } from './createOrders.ts';

export type InboxState = {
  /** False until everything that waits has been answered: before that, nothing is known to be missing. */
  readonly isLoaded: boolean;
  /** Why the lists cannot be kept up to date any more. */
  readonly error: AnyClientError | null;
};

export type Inbox = Observable<InboxState>;

export type InboxOptions = {
  readonly client: Client;
  readonly clock: ServerClock;
  readonly orders: Orders;
  /** Called with every event. */
  readonly heard: (event: OrderStatusEvent) => void;
};

/** Loads every order that waits, and follows every order that moves. */
export function createInbox({ client, clock, orders, heard }: InboxOptions): Inbox {
  const state = createChangeable<InboxState>({ isLoaded: false, error: null });
  const change = (part: Partial<InboxState>) => state.change({ ...state.current(), ...part });
  const watched = new Set<string>();
  const lookUp = createLookUp(client, orders);

  const load = async () => {
    for (let nextToken: string | null | undefined; nextToken !== null;) {
      const page = await client.pendingOrders({ limit: MAX_PAGE_ORDERS, ...(nextToken && { nextToken }) });
      orders.learnPage(page.items);
      ({ nextToken } = page);
    }
    change({ isLoaded: true });
    for (const { orderId, details } of orders.all()) {
      if (details === undefined) lookUp(orderId);
    }
  };
  const failed = (error: unknown) => {
    if (!isClientError(error)) throw error;
    change({ error });
  };
  const follow = async () => {
    for await (const event of client.watchOrders()) {
      watched.add(event.orderId);
      clock.atLeast(event.at);
      orders.learnEvent(event);
      heard(event);
      const isKnown = orders.find(event.orderId)?.details !== undefined;
      if (!isKnown && state.current().isLoaded) lookUp(event.orderId);
    }
  };
  /** The watcher knows what waits when it is connected, and not what was decided between the first list and then. */
  const askForMissed = async () => {
    await untilLive(client);
    await new Promise((resolve) => setTimeout(resolve)); // events that have arrived by then are read first
    for (const { orderId, latest } of orders.all()) {
      if (!watched.has(orderId) && !isFinal(latest.status)) lookUp(orderId);
    }
  };
  /** The watcher asks again without end; the first list comes as soon as it can. */
  const loadAtLast = async (): Promise<void> => {
    try {
      await load();
    } catch (error) {
      if (!isClientError(error) || !error.retryable) return failed(error);
      await untilLive(client);
      await loadAtLast();
    }
  };
  void follow().catch(failed);
  void loadAtLast().then(askForMissed);
  return state;
}

/** Resolves as soon as the client is connected and nothing is missing. */
export function untilLive({ connection }: Pick<Client, 'connection'>): Promise<void> {
  const live = Promise.withResolvers<void>();
  const look = () => {
    if (connection.current().name === 'live') live.resolve();
  };
  const unsubscribe = connection.subscribe(look);
  look();
  return live.promise.finally(unsubscribe);
}
