import type { ObservableConnection } from '../../client/connectionState.ts';
import { isClientError } from '../../client/errors.ts';
import type { Environment } from '../../client/environment.ts';
import { createRealtime } from '../../client/realtime/createRealtime.ts';
import { createChannel } from '../../client/watch/createChannel.ts';

export type GraphQLRequest = {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
};

/** GraphQL's `data` and `errors`. */
export type Payload = Readonly<Record<string, unknown>>;

/** The subscriptions of one caller of an API. */
export type AppSync = {
  /** A refused subscription is one payload with `errors`, as GraphQL has it. */
  readonly subscribe: (request: GraphQLRequest) => AsyncIterableIterator<Payload, undefined>;
  readonly connection: ObservableConnection;
};

export function createAppSync(environment: Environment): AppSync {
  const realtime = createRealtime(environment);
  return {
    connection: realtime.connection,
    subscribe: ({ query, variables }) => {
      const channel = createChannel<Payload>(() => unsubscribe());
      const unsubscribe = realtime.subscribe({
        query,
        variables,
        missed: () => {},
        data: channel.push,
        failed: (error) => {
          const errorType = isClientError(error) ? error.type : 'InternalError';
          channel.push(refusal(errorType, error.message));
          channel.end();
        },
      });
      return channel.iterator;
    },
  };
}

export function refusal(errorType: string, message: string): Payload {
  return { data: null, errors: [{ errorType, message }] };
}
