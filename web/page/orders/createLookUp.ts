import { type Client, isClientError } from '../../../client/countersign.ts';
import type { Orders } from './createOrders.ts';

/** Orders asked for at the same time. */
const MAX_CALLS = 4;

/** Asks for orders that an event has named, a few at a time. What fails is asked again with the order's next event. */
export function createLookUp(client: Client, orders: Orders): (orderId: string) => void {
  const wanted = new Set<string>();
  let calls = 0;
  const askForNext = async (): Promise<void> => {
    const [orderId] = wanted;
    if (orderId === undefined || calls >= MAX_CALLS) return;
    wanted.delete(orderId);
    calls += 1;
    try {
      const order = await client.order(orderId);
      if (order !== null) orders.learnOrder(order);
    } catch (error) {
      if (!isClientError(error)) throw error;
    } finally {
      calls -= 1;
    }
    await askForNext();
  };
  return (orderId) => {
    wanted.add(orderId);
    void askForNext();
  };
}
