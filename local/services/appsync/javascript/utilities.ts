/** What a resolver finds under the names that it need not declare; a test compares it with the realm. */
export type Utilities = { readonly [name: string]: Utilities | true };

function functions(names: string): Utilities {
  return Object.fromEntries(names.split(' ').map((name) => [name, true as const]));
}

export const UTILITIES: Utilities = {
  util: {
    ...functions('error appendError unauthorized authType matches autoId autoUlid autoKsuid'),
    ...functions('escapeJavaScript urlEncode urlDecode base64Encode base64Decode'),
    str: functions('normalize'),
    math: functions('roundNum minVal maxVal randomDouble randomWithinRange'),
    http: functions('copyHeaders addResponseHeader addResponseHeaders'),
    time: functions(
      'nowISO8601 nowEpochSeconds nowEpochMilliSeconds nowFormatted parseFormattedToEpochMilliSeconds parseISO8601ToEpochMilliSeconds epochMilliSecondsToSeconds epochMilliSecondsToISO8601 epochMilliSecondsToFormatted',
    ),
    transform: functions('toSubscriptionFilter'),
  },
  extensions: functions(
    'setSubscriptionFilter setSubscriptionInvalidationFilter invalidateSubscriptions evictFromApiCache',
  ),
  runtime: functions('earlyReturn'),
  console: functions('log error'),
};

/** What AppSync has, but the local cloud has not. */
export const NOT_LOCAL: ReadonlySet<string> = new Set([
  'util.dynamodb',
  'util.rds',
  'util.xml',
  'util.transform.toDynamoDBConditionExpression',
  'util.transform.toDynamoDBFilterExpression',
  'util.transform.toElasticsearchQueryDSL',
]);

/** The names that `@aws-appsync/utils` exports. */
export const EXPORTED: readonly string[] = ['util', 'extensions', 'runtime'];
