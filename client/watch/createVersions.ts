import { isFinal } from '../orderStatus.ts';
import type { OrderStatusEvent } from '../schema.generated.ts';

/** The versions of one order, handed on each once and in order whatever comes in. */
export type Versions = {
  readonly learn: (events: readonly OrderStatusEvent[]) => void;
  /** Whether a version is known that cannot be handed on, because one before it is missing. */
  readonly hasGap: () => boolean;
  readonly isOver: () => boolean;
};

export function createVersions(handOn: (event: OrderStatusEvent) => void): Versions {
  const ahead = new Map<number, OrderStatusEvent>();
  let last = 0;
  let isOver = false;
  return {
    learn: (events) => {
      for (const event of events) if (event.version > last) ahead.set(event.version, event);
      for (let next = ahead.get(last + 1); next !== undefined && !isOver; next = ahead.get(last + 1)) {
        last = next.version;
        ahead.delete(last);
        isOver = isFinal(next.status);
        handOn(next);
      }
    },
    hasGap: () => ahead.size > 0 && !isOver,
    isOver: () => isOver,
  };
}
