/** A connection, as the heartbeat sees it. */
export type Beating = {
  /** Called at every tick. */
  readonly tick: () => void;
  readonly keepAlive: () => void;
  /** Asks whether the other side is still there; an unanswered question ends the connection. */
  readonly probe: () => void;
};

export type Heartbeat = {
  readonly add: (member: Beating) => void;
  readonly remove: (member: Beating) => void;
  readonly stop: () => void;
};

export type HeartbeatOptions = { readonly tickMilliseconds: number };

/** AppSync sends `ka` every minute. */
const KEEP_ALIVE_TICKS = 60;
/** Two unanswered probes are 24 s: half-open connections must be gone within 30 s. */
const PROBE_TICKS = 12;

/** One timer for all connections; their beats are spread over the minute by when they connected. */
export function createHeartbeat({ tickMilliseconds }: HeartbeatOptions): Heartbeat {
  const slots = Array.from({ length: KEEP_ALIVE_TICKS }, () => new Set<Beating>());
  const slotOf = new Map<Beating, Set<Beating>>();
  let tick = 0;

  const timer = setInterval(() => {
    tick += 1;
    for (const member of slotOf.keys()) member.tick();
    for (const [index, slot] of slots.entries()) {
      if (index % PROBE_TICKS === tick % PROBE_TICKS) for (const member of slot) member.probe();
    }
    for (const member of slots[tick % KEEP_ALIVE_TICKS] ?? []) member.keepAlive();
  }, tickMilliseconds);
  timer.unref();

  return {
    add: (member) => {
      const slot = slots[tick % KEEP_ALIVE_TICKS];
      slot?.add(member);
      if (slot !== undefined) slotOf.set(member, slot);
    },
    remove: (member) => {
      slotOf.get(member)?.delete(member);
      slotOf.delete(member);
    },
    stop: () => clearInterval(timer),
  };
}
