/** AppSync's own host names; every other name is a custom domain or the local cloud. */
const APPSYNC_HOST = /^https:\/\/[a-z0-9]{26}\.appsync-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/graphql$/i;

/** Where the realtime socket of a GraphQL address is. */
export function realtimeUrlOf(url: string): string {
  const socketUrl = url.replace(/^http/i, 'ws');
  return APPSYNC_HOST.test(url)
    ? socketUrl.replace('.appsync-api.', '.appsync-realtime-api.')
    : `${socketUrl.replace(/\/$/, '')}/realtime`;
}
