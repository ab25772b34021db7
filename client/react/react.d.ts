/** The few members of React that the hooks use. Programs bring React and its own types. */
declare module 'react' {
  export function useEffect(effect: () => (() => void) | void, keys: readonly unknown[]): void;
  export function useState<State>(initial: State): [State, (next: State) => void];
  export function useSyncExternalStore<Snapshot>(
    subscribe: (listener: () => void) => () => void,
    read: () => Snapshot,
    readOnServer: () => Snapshot,
  ): Snapshot;
}
