/** The subprotocols of a connection: AppSync takes the authorization of a WebSocket in one of them, as base64url. */
export function subprotocols(authorization: object): string[] {
  const text = btoa(JSON.stringify(authorization));
  return ['graphql-ws', `header-${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`];
}
