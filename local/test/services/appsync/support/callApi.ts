import { API_KEY } from './apiDefinition.ts';
import type { RunningApi } from './startApi.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
};

/** Posts a query with the right key. */
export async function call(api: RunningApi, query: string, variables?: unknown): Promise<Answer> {
  return post(api, JSON.stringify({ query, variables }), { 'x-api-key': API_KEY });
}

/** Posts any text with any headers. */
export async function post(
  { graphqlUrl }: Pick<RunningApi, 'graphqlUrl'>,
  body: string,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const ALL = 'id name size';

/** What the publisher of a room gets. */
export async function publishRoom(api: RunningApi, input: string, selection = ALL): Promise<unknown> {
  const { body } = await call(api, `mutation { publishRoom(input: {${input}}) { ${selection} } }`);
  return body;
}
