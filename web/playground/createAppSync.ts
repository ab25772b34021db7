import type { ObservableConnection } from '../../client/connectionState.ts';
import { isClientError } from '../../client/errors.ts';
import { parseOptions } from '../../client/parseOptions.ts';
import { createRealtime } from '../../client/realtime/createRealtime.ts';
import { createChannel } from '../../client/watch/createChannel.ts';
import type { Config } from '../page/config.ts';

export type GraphQLRequest = {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
};

/** GraphQL's `data` and `errors`. */
export type Payload = Readonly<Record<string, unknown>>;

/** The subscriptions of one API with one key. */
export type AppSync = {
  /** A refused subscription is one payload with `errors`, as GraphQL has it. */
  readonly subscribe: (request: GraphQLRequest) => AsyncIterableIterator<Payload, undefined>;
  readonly connection: ObservableConnection;
};

export function createAppSync(config: Config): AppSync {
  const { graphqlUrl: url, apiKey, realtimeUrl } = config;
  const realtime = createRealtime(parseOptions({ url, apiKey, realtimeUrl }));
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
          channel.push({ data: null, errors: [{ errorType, message: error.message }] });
          channel.end();
        },
      });
      return channel.iterator;
    },
  };
}
