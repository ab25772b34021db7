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
