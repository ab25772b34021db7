import { type GraphqlAnswer, postGraphql } from '../../../../testing/postGraphql.ts';
import { API_KEY } from './apiDefinition.ts';
import { type RunningApi, CREDENTIALS } from './startApi.ts';
import {
  sign as signRequest,
  signForSocket as signAuthorization,
  type SignOptions,
} from '../../../../testing/sign.ts';

/** Posts a query with the right key. */
export async function call(api: RunningApi, query: string, variables?: unknown): Promise<GraphqlAnswer> {
  return postGraphql(api, JSON.stringify({ query, variables }), { 'x-api-key': API_KEY });
}

const ALL = 'id name size';

/** What the publisher of a room gets. */
export async function publishRoom(api: RunningApi, input: string, selection = ALL): Promise<unknown> {
  const { body } = await call(api, `mutation { publishRoom(input: {${input}}) { ${selection} } }`);
  return body;
}

export type Signing = Partial<SignOptions> & { readonly url: string; readonly body: string };

/** The headers of a POST to the rooms, signed as an AWS SDK signs it. */
export function sign({ headers = {}, ...request }: Signing): Promise<Record<string, string>> {
  return signRequest({
    service: 'appsync',
    credentials: CREDENTIALS,
    ...request,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** What a client puts into the auth object of a socket. */
export function signForSocket(url: string, body: string): Promise<Record<string, string>> {
  return signAuthorization({ url, body, service: 'appsync', credentials: CREDENTIALS });
}
