import { askOrder, type Order } from './graphql.ts';
import { subscribe } from './follow.ts';
import type { Outputs } from './localCloud.ts';

/** Resolves with the order as soon as it is as wanted, as a client would follow it: subscribe, query, and query again on each event. */
export async function untilOrder(
  outputs: Outputs,
  orderId: string,
  isWanted: (order: Order) => boolean,
): Promise<Order> {
  const live = await subscribe(outputs, orderId);
  try {
    for (;;) {
      const seen = live.events.length; // what comes while the answer is under way may be newer than the answer
      const { data, errors = [] } = await askOrder(outputs, orderId);
      if (data?.order && isWanted(data.order)) return data.order;
      if (errors.some(({ errorInfo }) => errorInfo?.retryable !== true))
        throw new Error(JSON.stringify(errors));
      if (errors.length === 0) await live.untilMore(seen);
    }
  } finally {
    live.close();
  }
}
