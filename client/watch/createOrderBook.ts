import type { OrderStatusEvent } from '../schema.generated.ts';
import { createVersions, type Versions } from './createVersions.ts';

/** Ended orders are remembered, so that a late duplicate of their events is known as one. */
const MAX_ENDED_ORDERS = 10_000;

/** The versions of many orders. */
export type OrderBook = {
  readonly learn: (orderId: string, events: readonly OrderStatusEvent[]) => void;
  readonly forget: (orderId: string) => void;
  /** The orders that can still change. */
  readonly open: () => readonly string[];
  /** The orders of which a version is missing. */
  readonly gaps: () => readonly string[];
};

export function createOrderBook(handOn: (event: OrderStatusEvent) => void): OrderBook {
  const open = new Map<string, Versions>();
  const ended = new Set<string>();
  const end = (orderId: string) => {
    open.delete(orderId);
    ended.add(orderId);
    for (const oldest of ended) {
      if (ended.size <= MAX_ENDED_ORDERS) return;
      ended.delete(oldest);
    }
  };
  return {
    learn: (orderId, events) => {
      if (ended.has(orderId)) return;
      const versions = open.get(orderId) ?? createVersions(handOn);
      open.set(orderId, versions);
      versions.learn(events);
      if (versions.isOver()) end(orderId);
    },
    forget: (orderId) => void open.delete(orderId),
    open: () => [...open.keys()],
    gaps: () => [...open].filter(([, versions]) => versions.hasGap()).map(([orderId]) => orderId),
  };
}
