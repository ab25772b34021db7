import { parseOptions } from '../../client/parseOptions.ts';
import type { ObservableConnection } from '../../client/connectionState.ts';
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

/** One API with one key: any request, any subscription. */
export type AppSync = {
  readonly ask: (request: GraphQLRequest, headers: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly subscribe: (request: GraphQLRequest) => AsyncIterableIterator<Payload, undefined>;
  readonly connection: ObservableConnection;
};

export function createAppSync(config: Config): AppSync {
  const { graphqlUrl: url, apiKey, realtimeUrl } = config;
  const realtime = createRealtime(parseOptions({ url, apiKey, realtimeUrl }));
  return {
    connection: realtime.connection,
    ask: async (request, headers) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': apiKey, ...headers },
        body: JSON.stringify(request),
      });
      return response.json();
    },
    subscribe: ({ query, variables }) => {
      const channel = createChannel<Payload>(() => unsubscribe());
      const unsubscribe = realtime.subscribe({
        query,
        variables,
        missed: () => {},
        data: channel.push,
        failed: channel.fail,
      });
      return channel.iterator;
    },
  };
}
