/** How live what a client shows is. */
export type ConnectionState =
  /** Nothing is followed, so nothing is connected. */
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  /** Every change is shown as it happens. */
  | { readonly name: 'live' }
  /** Connected; asking for what happened meanwhile. */
  | { readonly name: 'catching up' }
  /** Not connected. `retryAt` is the time of the next try in milliseconds, null when trying again is pointless. */
  | { readonly name: 'offline'; readonly reason: string; readonly retryAt: number | null };

export type ObservableConnection = {
  readonly current: () => ConnectionState;
  /** Calls the listener on every change from now on, until the answered function is called. */
  readonly subscribe: (listener: () => void) => () => void;
};

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
