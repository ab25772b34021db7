/** AppSync's own host names; every other name is a custom domain or the local cloud. */
const APPSYNC_HOST =
  /^(https:\/\/[a-z0-9]{26}\.appsync-)(api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/graphql)$/;

/** Where the realtime socket of a GraphQL address is. */
export function realtimeUrlOf(url: string): string {
  return (
    APPSYNC_HOST.test(url)
      ? url.replace(APPSYNC_HOST, '$1realtime-$2')
      : url.replace(/\/?(?=\?|$)/, '/realtime')
  ).replace('http', 'ws');
}
