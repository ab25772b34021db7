import type { Clock } from '../../../ground/clock/clock.ts';
import { MAX_CONNECTION_HOURS } from '../limits.ts';

/** Tells when a connection has to end. */
export type Lifetime = {
  /** The client has begun or subscribed. */
  readonly spoke: () => void;
  /** Something was sent to the client. */
  readonly sent: () => void;
  readonly isTooOld: () => boolean;
  /** Called at every tick: whether the connection ends now, and why. */
  readonly tick: () => 'goes on' | 'is too old' | 'is speechless';
};

const MAX_CONNECTION_MILLISECONDS = MAX_CONNECTION_HOURS * 3_600_000;
/** After a jump of the clock, events that became due are sent first: the connection closes after this many quiet ticks. */
const QUIET_TICKS = 5;
/** Seconds. A client that neither begins nor subscribes for so long has only opened a connection. */
const SPEECHLESS_TICKS = 20;

export function createLifetime(clock: Clock): Lifetime {
  const openedAt = clock.now();
  const state = { hasSpoken: false, quietTicks: 0, ticks: 0 };
  const isTooOld = () => clock.now() - openedAt >= MAX_CONNECTION_MILLISECONDS;
  return {
    spoke: () => void (state.hasSpoken = true),
    sent: () => void (state.quietTicks = 0),
    isTooOld,
    tick: () => {
      state.ticks += 1;
      if (!state.hasSpoken && state.ticks >= SPEECHLESS_TICKS) return 'is speechless';
      if (!isTooOld()) return 'goes on';
      state.quietTicks += 1;
      return state.quietTicks >= QUIET_TICKS ? 'is too old' : 'goes on';
    },
  };
}
