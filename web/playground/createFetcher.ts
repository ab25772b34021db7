import { fieldsOf, parseJson } from '../../client/answers/json.ts';
import { isClientError } from '../../client/errors.ts';
import type { Config } from '../config.ts';
import { refusal, type GraphQLRequest, type Payload } from './createAppSync.ts';
import type { Callers } from './createCallers.ts';
import type { Caller, Exchange } from './exchange.ts';
import { operationsIn } from './operationsIn.ts';
import type { OrderIds } from './orderIds.ts';

/** What GraphiQL tells about a request besides the request itself. */
export type FetcherOptions = { readonly headers?: Readonly<Record<string, unknown>> };

export type Fetcher = (request: GraphQLRequest, options?: FetcherOptions) => unknown;

export type FetcherSetup = {
  readonly config: Config;
  readonly orderIds: OrderIds;
  readonly callers: Callers;
  /** Called with every request over HTTP that was answered, but for GraphiQL's own. */
  readonly exchanged: (exchange: Exchange) => void;
};

const INTROSPECTION = 'IntrospectionQuery';

/** Sends queries and mutations over HTTP and subscriptions over the socket, as the chosen caller. */
export function createFetcher(setup: FetcherSetup): Fetcher {
  const { config, callers } = setup;
  return (request, options = {}) => {
    const { 'x-api-key': apiKey = config.apiKey, ...headers } = lowerCased(options.headers ?? {});
    const { type, ...operation } = chosenOperation(request);
    const filled = { ...operation, variables: setup.orderIds.fillIn(operation.variables) };
    if (type === 'subscription') return subscribe(callers, filled, apiKey);
    return send(setup, filled, { apiKey, headers });
  };
}

function subscribe(callers: Callers, request: GraphQLRequest, apiKey: string): unknown {
  try {
    return callers.appSyncFor(callers.chosen.current(), apiKey).subscribe(request);
  } catch (error) {
    return refusalOf(error);
  }
}

type Given = { readonly apiKey: string; readonly headers: Readonly<Record<string, string>> };

/** GraphiQL asks for the schema with the API key, whichever caller is chosen. */
async function send(setup: FetcherSetup, request: GraphQLRequest, given: Given): Promise<unknown> {
  const isOwn = request.operationName === INTROSPECTION;
  const { config, callers } = setup;
  const url = config.graphqlUrl;
  const caller: Caller = isOwn ? { kind: 'API key' } : callers.chosen.current();
  const body = JSON.stringify(request);
  const plain = { 'content-type': 'application/json', ...given.headers };
  const shown = caller.kind === 'API key' ? { ...plain, 'x-api-key': given.apiKey } : plain;
  try {
    const headers = await callers.headersFor(caller, { url, body, headers: plain }, given.apiKey);
    const startedAt = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - startedAt);
    const bytes = new TextEncoder().encode(text).byteLength;
    const { status } = response;
    const requestId = response.headers.get('x-amzn-requestid');
    if (!isOwn)
      setup.exchanged({ url, body, caller, headers: shown, status, milliseconds, bytes, requestId });
    return payloadIn(text, status);
  } catch (error) {
    return refusalOf(error);
  }
}

function payloadIn(text: string, status: number): Payload {
  const payload = fieldsOf(parseJson(text));
  if ('data' in payload || 'errors' in payload) return payload;
  return refusal(
    'Unreachable',
    `The API answered with status ${status}, but not with a GraphQL response: ${text}`,
  );
}

/** GraphiQL would show what is thrown with the stack of this program. */
function refusalOf(error: unknown): Payload {
  if (isClientError(error)) return refusal(error.type, error.message);
  const reason = error instanceof Error ? error.message : String(error);
  return refusal('Unreachable', `The request could not be sent: ${reason}`);
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
