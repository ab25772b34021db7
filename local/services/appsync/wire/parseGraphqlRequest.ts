import { parseJson, parseJsonObject } from '../../../ground/json.ts';
import type { HttpRequest } from '../../../wire/httpMessage.ts';
import type { Refusal } from '../access/authenticate.ts';

export type GraphqlRequest = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
};

const NO_VARIABLES: Readonly<Record<string, unknown>> = Object.freeze({});
const EMPTY: Refusal = {
  status: 400,
  errorType: 'MalformedHttpRequestException',
  message: 'Request body is empty.',
};
export const UNPARSABLE: Refusal = { ...EMPTY, message: 'Unable to parse GraphQL query.' };

/** What a GET's query string or a POST's body asks for. */
export function parseGraphqlRequest({ method, query, body }: HttpRequest): GraphqlRequest | Refusal {
  if (method === 'GET') return parseQueryString(query);
  if (body.length === 0) return EMPTY;
  return parseGraphqlText(body.toString('utf8')) ?? UNPARSABLE;
}

/** `{query, variables, operationName}` as JSON text; other keys are ignored. Null when it is something else. */
export function parseGraphqlText(text: string): GraphqlRequest | null {
  const request = parseJsonObject(text);
  if (request === null) return null;
  const { query, variables, operationName } = request;
  if (typeof query !== 'string' || query.trim() === '') return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (!isVariables(variables)) return null;
  return { query, variables: variables ?? NO_VARIABLES, operationName: operationName ?? null };
}

function parseQueryString(text: string): GraphqlRequest | Refusal {
  const parameters = new URLSearchParams(text);
  const query = parameters.get('query');
  const variables = parameters.get('variables');
  if (query === null || query.trim() === '') return UNPARSABLE;
  const parsed = parseJson(variables === null || variables === '' ? 'null' : variables);
  if (!parsed.ok || !isVariables(parsed.value)) return UNPARSABLE;
  return { query, variables: parsed.value ?? NO_VARIABLES, operationName: parameters.get('operationName') };
}

function isVariables(value: unknown): value is Readonly<Record<string, unknown>> | null | undefined {
  return value === undefined || (typeof value === 'object' && !Array.isArray(value));
}
