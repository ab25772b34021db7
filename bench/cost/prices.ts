/**
 * List prices in US dollars, US East, without the free tier. Those of S3's reads, SQS, X-Ray and CloudWatch's alarms,
 * metrics and dashboards are from memory of AWS's price lists; the others are from public pages of 2026.
 */
export const PRICES = {
  stateTransition: 0.025 / 1000,
  apiOperation: 4 / 1e6,
  realtimeUpdate: 2 / 1e6,
  connectionMinute: 0.08 / 1e6,
  functionCall: 0.2 / 1e6,
  functionGigabyteSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  objectWrite: 0.005 / 1000,
  objectRead: 0.4 / 1e6,
  queueRequest: 0.4 / 1e6,
  logGigabyte: { STANDARD: 0.5, INFREQUENT_ACCESS: 0.25 },
  alarm: 0.1, // a month, as the three below
  metric: 0.3,
  dashboard: 3,
  trace: 5 / 1e6,
} as const;
