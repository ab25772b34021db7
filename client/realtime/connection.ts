import type { ConnectionState } from '../connectionState.ts';
import type { Subscription } from './subscription.ts';

/** One socket that serves many subscriptions. */
export type Connection = {
  readonly subscriptions: ReadonlySet<Subscription>;
  /** False as soon as the service said that it takes no more subscriptions on this socket. */
  readonly hasRoom: () => boolean;
  readonly add: (subscription: Subscription) => void;
  readonly remove: (subscription: Subscription) => void;
  readonly currentState: () => ConnectionState;
  /** Tries again at once when it waits for the next try. */
  readonly wake: () => void;
};

export type ConnectionOwner = {
  /** The state has changed. */
  readonly changed: () => void;
  /** The service takes no more subscriptions here, and this one has no place. */
  readonly overflowed: (subscription: Subscription) => void;
};
