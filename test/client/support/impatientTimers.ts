import type { Timers } from '../../../client/platform.ts';

/** The waits that are part of the protocol: they pass only when a test says so. */
const PROTOCOL_MILLISECONDS = [5000, 15_000, 30_000, 35_000, 65_000, 90_000, 300_000, 3_540_000, 7_140_000];

export type ImpatientTimers = Timers & {
  /** Lets the long waits of exactly this length pass. */
  readonly pass: (milliseconds: number) => void;
  readonly waits: () => readonly number[];
};

/** Every other wait passes at once, so that a test waits for nothing. */
export function createImpatientTimers(): ImpatientTimers {
  const held = new Map<object, { readonly act: () => void; readonly milliseconds: number }>();
  const immediate = new Map<object, NodeJS.Immediate>();
  return {
    now: () => 0,
    setTimeout: (act, milliseconds) => {
      const timer = {};
      if (PROTOCOL_MILLISECONDS.includes(milliseconds)) held.set(timer, { act, milliseconds });
      else immediate.set(timer, setImmediate(act));
      return timer;
    },
    clearTimeout: (timer) => {
      if (typeof timer !== 'object' || timer === null) return;
      held.delete(timer);
      clearImmediate(immediate.get(timer));
    },
    pass: (milliseconds) => {
      const passing = [...held].filter(([, one]) => one.milliseconds === milliseconds);
      for (const [timer, { act }] of passing) if (held.delete(timer)) act();
    },
    waits: () => [...held.values()].map(({ milliseconds }) => milliseconds),
  };
}
