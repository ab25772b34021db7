import type { Config } from '../page/config.ts';
import { createAppSync, type AppSync, type GraphQLRequest } from './createAppSync.ts';
import type { Caller, Exchange } from './exchange.ts';
import { operationsIn } from './operationsIn.ts';
import type { OrderIds } from './orderIds.ts';
import { signedHeaders } from './signedHeaders.ts';

/** What GraphiQL tells about a request besides the request itself. */
export type FetcherOptions = { readonly headers?: Readonly<Record<string, unknown>> };

export type Fetcher = (request: GraphQLRequest, options?: FetcherOptions) => unknown;

export type FetcherSetup = {
  readonly config: Config;
  readonly orderIds: OrderIds;
  readonly caller: () => Caller;
  /** Called with every request over HTTP that was answered, but for GraphiQL's own. */
  readonly exchanged: (exchange: Exchange) => void;
};

const INTROSPECTION = 'IntrospectionQuery';

/** Sends queries and mutations over HTTP and subscriptions over the socket, with the key of the tab's headers. */
export function createFetcher(setup: FetcherSetup): Fetcher {
  const { config } = setup;
  const services = new Map<string, AppSync>();
  const serviceFor = (apiKey: string) => {
    const known = services.get(apiKey) ?? createAppSync({ ...config, apiKey });
    services.set(apiKey, known);
    return known;
  };
  return (request, options = {}) => {
    const headers = lowerCased(options.headers ?? {});
    const { type, ...operation } = chosenOperation(request);
    const filled = { ...operation, variables: setup.orderIds.fillIn(operation.variables) };
    const apiKey = headers['x-api-key'] ?? config.apiKey;
    if (type === 'subscription') return serviceFor(apiKey).subscribe(filled);
    return send(setup, filled, { ...headers, 'x-api-key': apiKey });
  };
}

async function send(
  { config, caller, exchanged }: FetcherSetup,
  request: GraphQLRequest,
  { 'x-api-key': apiKey = '', ...others }: Readonly<Record<string, string>>,
): Promise<unknown> {
  const isOwn = request.operationName === INTROSPECTION;
  const url = config.graphqlUrl;
  const sender: Caller = isOwn ? { kind: 'API key' } : caller();
  const body = JSON.stringify(request);
  const plain = { 'content-type': 'application/json', ...others };
  const shown = sender.kind === 'IAM' ? plain : { ...plain, 'x-api-key': apiKey };
  const headers = sender.kind === 'IAM' ? await signedHeaders(url, body, plain, sender) : shown;
  const startedAt = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const milliseconds = Math.round(performance.now() - startedAt);
  const bytes = new TextEncoder().encode(text).byteLength;
  if (!isOwn)
    exchanged({ url, body, caller: sender, headers: shown, status: response.status, milliseconds, bytes });
  return JSON.parse(text);
}

/** Just after a change of the tab GraphiQL still names the operation of the tab before. */
function chosenOperation(request: GraphQLRequest) {
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
