import type { Order, OrderStatusEvent } from '../../../client/countersign.ts';
import { createChangeable, type Observable } from '../../observable.ts';
import { withEvent, withOrder, type Entry } from './entry.ts';

/** Every order that the page knows of. */
export type Orders = Observable<ReadonlyMap<string, Entry>> & {
  /** Every order at this moment, also what is yet to be drawn. */
  readonly all: () => readonly Entry[];
  readonly find: (orderId: string) => Entry | undefined;
  readonly learnOrder: (order: Order) => void;
  /** Drawn at once, so that nothing is said to be missing that has been answered. */
  readonly learnPage: (page: readonly Order[]) => void;
  readonly learnEvent: (event: OrderStatusEvent) => void;
};

export function createOrders(): Orders {
  const entries = new Map<string, Entry>();
  const state = createChangeable<ReadonlyMap<string, Entry>>(new Map());
  let isDrawing = false;
  const draw = () => {
    isDrawing = false;
    state.change(new Map(entries));
  };
  const learn = (orderId: string, entry: Entry | undefined) => {
    if (entry === undefined) return;
    entries.set(orderId, entry);
    // Events come one after another in microtasks: a thousand of them are drawn once, when all have come.
    if (!isDrawing) setTimeout(draw);
    isDrawing = true;
  };
  const learnOrder = (order: Order) => learn(order.orderId, withOrder(entries.get(order.orderId), order));
  return {
    current: state.current,
    subscribe: state.subscribe,
    all: () => [...entries.values()],
    find: (orderId) => entries.get(orderId),
    learnOrder,
    learnPage: (page) => {
      page.forEach(learnOrder);
      draw();
    },
    learnEvent: (event) => learn(event.orderId, withEvent(entries.get(event.orderId), event)),
  };
}
