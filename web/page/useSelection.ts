import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ORDER_ID } from '../../functions/order/limits.ts';
import type { Orders } from './orders/createOrders.ts';
import { isDecided, type Entry } from './orders/entry.ts';

/** Where the focus goes: to the order's name, to its decision, or nowhere. */
export type Arrival = 'name' | 'decision' | 'nowhere';

export type Selection = {
  /** The order in hand, by the page's address. */
  readonly selected: string | null;
  /** The order in hand, if it waited when it was opened or has since. */
  readonly held: string | null;
  readonly arrival: Arrival;
  readonly go: (orderId: string, arrival: Arrival) => void;
  /** The same from order to order through a list: the browser's Back leads out of the list's orders in one step. */
  readonly goOn: (orderId: string, arrival: Arrival) => void;
};

/** What comes after the order in hand. */
export type Queue = Pick<Selection, 'goOn'> & {
  readonly next: Entry | null;
  /** False until everything that waits has been answered. */
  readonly isKnown: boolean;
};

const ORDER_ADDRESS = new RegExp(`^#/orders/(${ORDER_ID})$`);

function selectedOrder(): string | null {
  return ORDER_ADDRESS.exec(location.hash)?.[1] ?? null;
}

/** Which order is in hand, and how one came to it. */
export function useSelection(orders: Orders): Selection {
  const [selected, setSelected] = useState(selectedOrder);
  const [arrival, setArrival] = useState<Arrival>('nowhere');
  const wanted = useRef<Arrival>('name');
  useEffect(() => {
    const look = () => {
      setArrival(wanted.current);
      wanted.current = 'name';
      setSelected(selectedOrder());
    };
    addEventListener('hashchange', look);
    if (selectedOrder() !== selected) look(); // the address changed before anything listened
    return () => removeEventListener('hashchange', look);
  }, []);
  const go = useCallback((orderId: string, how: Arrival) => {
    wanted.current = how;
    location.hash = `#/orders/${orderId}`;
  }, []);
  const goOn = useCallback((orderId: string, how: Arrival) => {
    if (selectedOrder() === null) return go(orderId, how);
    wanted.current = how;
    location.replace(`#/orders/${orderId}`);
  }, []);
  return { selected, held: useHeld(orders, selected), arrival, go, goOn };
}

function useHeld(orders: Orders, selected: string | null): string | null {
  const held = useRef<string | null>(null);
  if (held.current !== selected) held.current = null;
  const entry = selected === null ? undefined : orders.find(selected);
  if (entry !== undefined && !isDecided(entry)) held.current = entry.orderId;
  return held.current;
}
