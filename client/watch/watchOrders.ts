import { ON_ORDER_STATUS } from '../operations.ts';
import type { Order, OrderPage, OrderStatusEvent } from '../schema.generated.ts';
import { createChannel } from './createChannel.ts';
import { createOrderBook } from './createOrderBook.ts';
import { createResync } from './createResync.ts';
import { parseEvent } from './parseEvent.ts';
import type { Watching, WatchOptions } from './watching.ts';

/** The API's largest page. */
const PAGE_SIZE = 100;
/** Orders asked for at the same time. */
const AT_ONCE = 4;

/** Every version of every order that is paused now or moves from now on; of each order each version once and in order. */
export function watchOrders(
  { environment, ask, realtime }: Watching,
  { signal }: WatchOptions,
): AsyncIterableIterator<OrderStatusEvent, undefined> {
  const stopping = new AbortController();
  const channel = createChannel<OrderStatusEvent>(() => {
    stopping.abort();
    signal?.removeEventListener('abort', channel.end);
    worklist.stop();
    gaps.stop();
    unsubscribe?.();
  });
  const book = createOrderBook(channel.push);
  const learnWorklist = async () => {
    const seen = new Set<string>();
    for (let nextToken: string | null | undefined; nextToken !== null;) {
      const variables: unknown = { limit: PAGE_SIZE, nextToken };
      const page: OrderPage = await ask('pendingOrders', variables, stopping.signal);
      for (const { orderId, history } of page.items) {
        book.learn(orderId, history);
        seen.add(orderId);
      }
      ({ nextToken } = page);
    }
    return seen;
  };
  const learnOrder = async (orderId: string) => {
    const order = await ask<Order | null>('order', { orderId }, stopping.signal);
    if (order === null) book.forget(orderId);
    else book.learn(orderId, order.history);
  };
  const learnOrders = async (orderIds: readonly string[]) => {
    for (let done = 0; done < orderIds.length; done += AT_ONCE) {
      await Promise.all(orderIds.slice(done, done + AT_ONCE).map(learnOrder));
    }
  };
  const shared = { environment, failed: channel.fail, catchingUp: realtime.catchingUp };
  const worklist = createResync({
    ...shared,
    look: async () => {
      const seen = await learnWorklist();
      await learnOrders(book.open().filter((orderId) => !seen.has(orderId)));
      return true;
    },
  });
  const gaps = createResync({
    ...shared,
    look: async () => {
      await learnOrders(book.gaps());
      return book.gaps().length === 0;
    },
  });
  let unsubscribe: (() => void) | null = null;
  if (signal?.aborted === true) channel.end();
  else {
    signal?.addEventListener('abort', channel.end);
    unsubscribe = realtime.subscribe({
      query: ON_ORDER_STATUS.every,
      variables: {},
      ready: worklist.now,
      stale: worklist.now,
      data: (payload) => {
        const event = parseEvent(payload['data']);
        if (event !== null) book.learn(event.orderId, [event]);
        if (book.gaps().length > 0) gaps.now();
      },
      failed: channel.fail,
    });
  }
  return channel.iterator;
}
