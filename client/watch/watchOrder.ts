import type { OrderEvents, WatchOptions } from '../client.ts';
import { OrderNotFound } from '../errors.ts';
import { ON_ORDER_STATUS, OPERATIONS } from '../operations.ts';
import type { OrderStatusEvent } from '../schema.generated.ts';
import { createVersions } from './createVersions.ts';
import { createWatch, type Watching } from './createWatch.ts';

/** Every version of one order, from the first to its end, each once and in order. */
export function watchOrder(watching: Watching, orderId: string, options?: WatchOptions): OrderEvents {
  const watch = createWatch(watching, options);
  const versions = createVersions(watch.push);
  const learn = (events: readonly OrderStatusEvent[]) => {
    versions.learn(events);
    if (versions.isOver()) watch.end();
  };
  const resync = watch.resync(async () => {
    const order = await watch.ask(OPERATIONS.history, { orderId });
    if (order === null) throw new OrderNotFound('OrderNotFound', `Order "${orderId}" does not exist.`);
    learn(order.history);
    return !versions.hasGap();
  });
  watch.follow(ON_ORDER_STATUS.one, { orderId }, resync.now, (event) => {
    if (event?.orderId === orderId) learn([event]);
    if (versions.hasGap()) resync.now();
  });
  return watch.iterator;
}
