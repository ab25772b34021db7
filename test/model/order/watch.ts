import type { DecisionKind, OrderStatus } from '../../../schema.generated.ts';
import type { Engine } from './engine.ts';
import { DECISIONS, isFinal, statusOf, type Objects } from './storage.ts';
import { PROMISES } from './promises.ts';

export type Watched = {
  readonly objects: Objects;
  readonly engine: Engine;
  /** The decisions that clients were told stand; 0: none. */
  readonly told: () => readonly number[];
  /** At most one fault has happened, and nobody has stopped the execution. */
  readonly isAlmostCalm: () => boolean;
};

const OUTCOMES: Partial<Record<OrderStatus, readonly (DecisionKind | null)[]>> = {
  COMPLETED: ['CONFIRMED'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['CANCELLED'],
  EXPIRED: ['EXPIRED'],
  FAILED: ['CONFIRMED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'FAILED'], // in plain sight, and never without a decision
};

export function brokenPromise({ objects, told, isAlmostCalm }: Watched): string | null {
  if (told().some((decision) => decision !== 0 && decision !== objects.decision)) return PROMISES.told;
  const status = statusOf(objects.status);
  if (status === null || !isFinal(objects.status)) return null;
  if (OUTCOMES[status]?.includes(DECISIONS[objects.decision] ?? null) !== true) return PROMISES.outcome;
  return status === 'FAILED' && isAlmostCalm() ? PROMISES.oneFault : null;
}

const OF_CLIENTS: readonly (DecisionKind | null | undefined)[] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

/** When nothing happens any more by itself: nothing waits for the clock that should not. */
export function brokenInQuiet({ objects, engine }: Watched): string | null {
  const hasEnded = isFinal(objects.status);
  if (engine.isWaiting() && !hasEnded && OF_CLIENTS.includes(DECISIONS[objects.decision]))
    return PROMISES.heard;
  if (engine.isRunning() || !hasEnded) return null;
  // A Lambda that dies after everybody has gone leaves what it wrote: the bucket's lifecycle removes it.
  if (objects.token !== 0 && engine.execution.isLateOneDead === 0) return PROMISES.tidied;
  return objects.listed === 0 ? PROMISES.listed : null;
}
