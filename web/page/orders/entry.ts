import { isFinal, type Decision, type Order, type OrderStatusEvent } from '../../../client/countersign.ts';

/** An order as the lists show it. */
export type Entry = {
  readonly orderId: string;
  readonly latest: OrderStatusEvent;
  /** When it expires or would have expired; null before the first pause. */
  readonly deadline: string | null;
  readonly decision: Decision | null;
  /** Undefined until the API has answered it. */
  readonly details: string | null | undefined;
  readonly requestedBy: string | null;
  readonly createdAt: string | null;
};

const DECIDING = ['CONFIRMED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'FAILED'] as const;

export function withEvent(entry: Entry | undefined, event: OrderStatusEvent): Entry {
  const known = entry ?? { ...UNKNOWN, orderId: event.orderId, latest: event };
  if (event.version < known.latest.version) return known;
  return {
    ...known,
    latest: event,
    deadline: event.deadline ?? known.deadline,
    decision: known.decision ?? decisionOf(event),
  };
}

export function withOrder(entry: Entry | undefined, order: Order): Entry | undefined {
  const known = order.history.reduce<Entry | undefined>(withEvent, entry);
  if (known === undefined) return undefined;
  const { orderDetails: details, requestedBy, createdAt } = order;
  return { ...known, details, requestedBy, createdAt, decision: order.decision ?? known.decision };
}

const UNKNOWN = { deadline: null, decision: null, details: undefined, requestedBy: null, createdAt: null };

/** What an event tells of the decision; whether the name is verified stands in the order alone. */
export function decisionOf({ status, decidedBy, reason, at }: OrderStatusEvent): Decision | null {
  const kind = DECIDING.find((name) => name === status);
  return kind === undefined ? null : { kind, decidedBy, isVerified: false, reason, at };
}

export function isWaiting({ latest, decision }: Entry): boolean {
  return latest.status === 'PAUSED' && decision === null;
}

/** A decision stands, or the order has ended without one. */
export function isDecided({ latest, decision }: Entry): boolean {
  return decision !== null || isFinal(latest.status);
}

/** When it was decided; an order that waits has no such time. */
export function decidedAt({ decision, latest }: Entry): string {
  return decision?.at ?? latest.at;
}
