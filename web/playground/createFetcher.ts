import type { Config } from '../page/config.ts';
import { createAppSync, type AppSync, type GraphQLRequest } from './createAppSync.ts';
import { operationsIn } from './operationsIn.ts';

/** What GraphiQL tells about a request besides the request itself. */
export type FetcherOptions = { readonly headers?: Readonly<Record<string, unknown>> };

export type Fetcher = (request: GraphQLRequest, options?: FetcherOptions) => unknown;

/** Sends queries and mutations over HTTP and subscriptions over the socket, with the key of the tab's headers. */
export function createFetcher(config: Config): Fetcher {
  const services = new Map<string, AppSync>();
  const serviceFor = (apiKey: string) => {
    const known = services.get(apiKey) ?? createAppSync({ ...config, apiKey });
    services.set(apiKey, known);
    return known;
  };
  return (request, options = {}) => {
    const headers = lowerCased(options.headers ?? {});
    const service = serviceFor(headers['x-api-key'] ?? config.apiKey);
    const { type, ...meant } = meantBy(request);
    return type === 'subscription' ? service.subscribe(meant) : service.ask(meant, headers);
  };
}

/** Just after a change of the tab GraphiQL still names the operation of the tab before. */
function meantBy(request: GraphQLRequest) {
  const { query, variables, operationName } = request;
  const operations = operationsIn(query);
  const operation = operations.find(({ name }) => name === operationName) ?? operations[0];
  return { query, variables, operationName: operation?.name ?? null, type: operation?.type ?? 'query' };
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
