import type { OrderEvents, WatchOptions } from '../client.ts';
import { ON_ORDER_STATUS, OPERATIONS } from '../operations.ts';
import type { OrderPage } from '../schema.generated.ts';
import { createOrderBook } from './createOrderBook.ts';
import { createWatch, type Watching } from './createWatch.ts';

/** The API's largest page. */
const MAX_PAGE_ORDERS = 100;
/** Orders asked for at the same time. */
const MAX_CALLS = 4;

/** Every version of every order that is paused now or moves from now on; of each order each version once and in order. */
export function watchOrders(watching: Watching, options?: WatchOptions): OrderEvents {
  const watch = createWatch(watching, options);
  const book = createOrderBook(watch.push);
  const learnWorklist = async () => {
    const seen = new Set<string>();
    for (let nextToken: string | null | undefined; nextToken !== null;) {
      const page: OrderPage = await watch.ask(OPERATIONS.pendingOrders, {
        limit: MAX_PAGE_ORDERS,
        nextToken,
      });
      for (const { orderId, history } of page.items) {
        book.learn(orderId, history);
        seen.add(orderId);
      }
      ({ nextToken } = page);
    }
    return seen;
  };
  const learnOrder = async (orderId: string) => {
    const order = await watch.ask(OPERATIONS.history, { orderId });
    if (order === null) book.forget(orderId);
    else book.learn(orderId, order.history);
  };
  const learnOrders = async (orderIds: readonly string[]) => {
    for (let done = 0; done < orderIds.length; done += MAX_CALLS) {
      await Promise.all(orderIds.slice(done, done + MAX_CALLS).map(learnOrder));
    }
  };
  const worklist = watch.resync(async () => {
    const seen = await learnWorklist();
    await learnOrders(book.open().filter((orderId) => !seen.has(orderId)));
    return true;
  });
  const gaps = watch.resync(async () => {
    await learnOrders(book.gaps());
    return book.gaps().length === 0;
  });
  watch.follow(ON_ORDER_STATUS.every, {}, worklist.now, (event) => {
    if (event !== null) book.learn(event.orderId, [event]);
    if (book.gaps().length > 0) gaps.now();
  });
  return watch.iterator;
}
