import { OrderNotFound } from '../errors.ts';
import { ON_ORDER_STATUS } from '../operations.ts';
import type { Order, OrderStatusEvent } from '../schema.generated.ts';
import { createChannel } from './createChannel.ts';
import { createResync } from './createResync.ts';
import { createVersions } from './createVersions.ts';
import { parseEvent } from './parseEvent.ts';
import type { Watching, WatchOptions } from './watching.ts';

/** Every version of one order, from the first to its end, each once and in order. */
export function watchOrder(
  { environment, ask, realtime }: Watching,
  orderId: string,
  { signal }: WatchOptions,
): AsyncIterableIterator<OrderStatusEvent, undefined> {
  const stopping = new AbortController();
  const channel = createChannel<OrderStatusEvent>(() => {
    stopping.abort();
    signal?.removeEventListener('abort', channel.end);
    resync.stop();
    unsubscribe?.();
  });
  const versions = createVersions(channel.push);
  const learn = (events: readonly OrderStatusEvent[]) => {
    versions.learn(events);
    if (versions.isOver()) channel.end();
  };
  const resync = createResync({
    environment,
    look: async () => {
      const order = await ask<Order | null>('order', { orderId }, stopping.signal);
      if (order === null) throw new OrderNotFound('OrderNotFound', `There is no order '${orderId}'.`);
      learn(order.history);
      return !versions.hasGap();
    },
    failed: channel.fail,
    catchingUp: realtime.catchingUp,
  });
  let unsubscribe: (() => void) | null = null;
  if (signal?.aborted === true) channel.end();
  else {
    signal?.addEventListener('abort', channel.end);
    unsubscribe = realtime.subscribe({
      query: ON_ORDER_STATUS.one,
      variables: { orderId },
      ready: resync.now,
      stale: resync.now,
      data: (payload) => {
        const event = parseEvent(payload['data']);
        if (event?.orderId === orderId) learn([event]);
        if (versions.hasGap()) resync.now();
      },
      failed: channel.fail,
    });
  }
  return channel.iterator;
}
