import type { ConnectionState, ObservableConnection } from '../connectionState.ts';

export type ConnectionMonitor = ObservableConnection & {
  /** Looks at the sources again and tells the listeners when the state is another one. */
  readonly update: () => void;
};

const IDLE: ConnectionState = { name: 'idle' };
/** The worst one speaks for all. */
const WORST_FIRST = ['offline', 'connecting', 'catching up', 'live'];

export function createConnectionMonitor(states: () => readonly ConnectionState[]): ConnectionMonitor {
  let current = IDLE;
  const listeners = new Set<() => void>();
  return {
    current: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update: () => {
      const next = worst(states());
      if (JSON.stringify(next) === JSON.stringify(current)) return;
      current = next;
      for (const listener of listeners) listener();
    },
  };
}

function worst(states: readonly ConnectionState[]): ConnectionState {
  return WORST_FIRST.flatMap((name) => states.filter((state) => state.name === name))[0] ?? IDLE;
}
