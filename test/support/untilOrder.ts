import { order, type Order } from './graphql.ts';
import { follow } from './follow.ts';
import type { Outputs } from './localCloud.ts';

/** Resolves with the order as soon as it is as wanted, as a client would follow it: subscribe, query, and query again on each event. */
export async function untilOrder(
  outputs: Outputs,
  orderId: string,
  isWanted: (order: Order) => boolean,
): Promise<Order> {
  const live = await follow(outputs, orderId);
  try {
    for (let seen = 0; ;) {
      const found = await order(outputs, orderId);
      if (found !== null && isWanted(found)) return found;
      seen = Math.max(seen, live.events.length);
      await live.untilMore(seen);
    }
  } finally {
    live.close();
  }
}
