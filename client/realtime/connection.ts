import type { ConnectionState } from '../connectionState.ts';
import type { AnyClientError } from '../errors.ts';

/** What one subscription asks for, and what it wants to hear. */
export type Topic = {
  readonly query: string;
  readonly variables: unknown;
  /** The service listens from now on; what happened before must be asked for. Called again after every reconnect. */
  readonly ready: () => void;
  /** Something may have been missed: the connection broke or fell silent. */
  readonly stale: () => void;
  /** A frame's payload: GraphQL's `data` and `errors`. */
  readonly data: (payload: Readonly<Record<string, unknown>>) => void;
  /** The service refused for good. */
  readonly failed: (error: AnyClientError) => void;
};

/** One socket that serves many topics. */
export type Connection = {
  readonly size: () => number;
  /** False as soon as the service said that it takes no more subscriptions on this socket. */
  readonly hasRoom: () => boolean;
  readonly add: (topic: Topic) => void;
  readonly remove: (topic: Topic) => void;
  readonly state: () => ConnectionState;
  /** Tries again at once when it waits for the next try. */
  readonly wake: () => void;
};
