/** What came back over HTTP; `body` is the JSON of it, and null for an answer without a body. */
export type GraphqlAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
};

/** Posts a text with these headers to the address of a GraphQL API, whatever the text is. */
export async function postGraphql(
  { graphqlUrl }: { readonly graphqlUrl: string },
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<GraphqlAnswer> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return answerOf(response);
}

/** Reads the answer of a GraphQL API. */
export async function answerOf(response: Response): Promise<GraphqlAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
