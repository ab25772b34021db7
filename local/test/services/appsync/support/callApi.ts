import { type GraphqlAnswer, postGraphql } from '../../../../testing/postGraphql.ts';
import { API_KEY } from './apiDefinition.ts';
import type { RunningApi } from './startApi.ts';

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
