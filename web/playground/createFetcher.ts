import { createAppSync, type AppSync, type GraphQLRequest } from './createAppSync.ts';
import type { Config } from '../page/config.ts';

/** What GraphiQL tells about a request besides the request itself. */
export type FetcherOptions = {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly documentAST?: {
    readonly definitions: readonly {
      readonly kind: string;
      readonly operation?: string;
      readonly name?: { readonly value: string };
    }[];
  };
};

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
    return isSubscription(request, options) ? service.subscribe(request) : service.ask(request, headers);
  };
}

function isSubscription({ operationName }: GraphQLRequest, { documentAST }: FetcherOptions): boolean {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const named = operations.find(({ name }) => name?.value === operationName);
  return (named ?? operations[0])?.operation === 'subscription';
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
