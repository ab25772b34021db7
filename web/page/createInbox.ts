import {
  type AnyClientError,
  type Client,
  ClientError,
  type OrderStatusEvent,
} from '../../client/countersign.ts';
import { createChangeable, type Observable } from './observable.ts';
import type { ServerClock } from './serverClock.ts';

/** An order as the list shows it. */
export type Entry = {
  readonly orderId: string;
  readonly latest: OrderStatusEvent;
  /** Undefined until the API has told it. */
  readonly details: string | null | undefined;
};

export type InboxState = {
  /** False until the worklist has been answered for the first time. */
  readonly isLoaded: boolean;
  readonly error: AnyClientError | null;
  readonly orders: ReadonlyMap<string, Entry>;
};

export type Inbox = Observable<InboxState> & {
  readonly learnDetails: (orderId: string, details: string | null) => void;
};

/** Orders asked for at the same time. */
const AT_ONCE = 4;

/** Every order that waits or has moved since the page was opened, kept up to date. */
export function createInbox(client: Client, clock: ServerClock): Inbox {
  const state = createChangeable<InboxState>({ isLoaded: false, error: null, orders: new Map() });
  const details = new Map<string, string | null>();
  const latest = new Map<string, OrderStatusEvent>();
  const wanted = new Set<string>();
  const watched = new Set<string>();
  let asking = 0;
  let isDrawing = false;

  const draw = () => {
    isDrawing = false;
    const entries = [...latest].map(([orderId, event]) => ({
      orderId,
      latest: event,
      details: details.get(orderId),
    }));
    state.change({ ...state.current(), orders: new Map(entries.map((entry) => [entry.orderId, entry])) });
  };
  /** A thousand events in one frame are drawn once. */
  const drawSoon = () => {
    if (!isDrawing) queueMicrotask(draw);
    isDrawing = true;
  };
  const learnDetails = (orderId: string, text: string | null) => {
    details.set(orderId, text);
    wanted.delete(orderId);
    drawSoon();
  };
  const askForOrders = async () => {
    const [orderId] = wanted;
    if (orderId === undefined || asking >= AT_ONCE) return;
    wanted.delete(orderId);
    asking += 1;
    try {
      const order = await client.order(orderId);
      learnDetails(orderId, order?.orderDetails ?? null);
      const newest = order?.history.at(-1);
      if (newest !== undefined && newest.version > (latest.get(orderId)?.version ?? 0)) learn(newest);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
    } finally {
      asking -= 1;
    }
    await askForOrders();
  };
  const learn = (event: OrderStatusEvent) => {
    clock.atLeast(event.at);
    latest.set(event.orderId, event);
    if (!details.has(event.orderId) && state.current().isLoaded) {
      wanted.add(event.orderId);
      void askForOrders();
    }
    drawSoon();
  };
  const load = async () => {
    for (let nextToken: string | null | undefined; nextToken !== null;) {
      const page = await client.pendingOrders(
        nextToken === undefined ? { limit: 100 } : { limit: 100, nextToken },
      );
      for (const order of page.items) {
        learnDetails(order.orderId, order.orderDetails);
        const newest = order.history.at(-1);
        if (newest !== undefined && !latest.has(order.orderId)) latest.set(order.orderId, newest);
      }
      state.change({ ...state.current(), isLoaded: true });
      ({ nextToken } = page);
    }
    for (const orderId of latest.keys()) if (!details.has(orderId)) wanted.add(orderId);
    void askForOrders();
  };
  const failed = (error: unknown) => {
    if (!(error instanceof ClientError)) throw error;
    state.change({ ...state.current(), error: error as AnyClientError });
  };
  const follow = async () => {
    for await (const event of client.watchOrders()) {
      watched.add(event.orderId);
      learn(event);
    }
  };
  const isLive = () => client.connection.current().name === 'live';
  const nextTimeLive = () =>
    new Promise<void>((resolve) => {
      const unsubscribe = client.connection.subscribe(() => {
        if (!isLive()) return;
        unsubscribe();
        resolve();
      });
    });
  /** The watcher knows what waits when it is connected, and not what was decided between the first list and then. */
  const askForMissed = async () => {
    if (!isLive()) await nextTimeLive();
    await new Promise((resolve) => setTimeout(resolve)); // what the watcher has told by then is heard
    for (const orderId of latest.keys()) if (!watched.has(orderId)) wanted.add(orderId);
    await askForOrders();
  };
  /** The watcher asks again for ever; the first list comes as soon as it can. */
  const loadAtLast = async (): Promise<void> => {
    try {
      await load();
    } catch (error) {
      if (!(error instanceof ClientError) || !error.retryable) return failed(error);
      await nextTimeLive();
      await loadAtLast();
    }
  };
  void follow().catch(failed);
  void loadAtLast().then(askForMissed);
  return { ...state, learnDetails };
}
