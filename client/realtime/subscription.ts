import type { Payload } from './payload.ts';

/** What a subscription asks for, and what it wants to hear. */
export type Topic = {
  readonly query: string;
  readonly variables: unknown;
  /**
   * The service has begun to listen, at first and after every reconnect, or the connection broke or went silent: what
   * happened meanwhile must be asked for.
   */
  readonly missed: () => void;
  /** A frame's payload: GraphQL's `data` and `errors`. */
  readonly data: (payload: Payload) => void;
  /** The service refused for good. */
  readonly failed: (error: Error) => void;
};

/** A topic with the id that its frames carry; ready as soon as the service has acknowledged it. */
export type Subscription = Topic & { readonly id: string; isReady: boolean };
