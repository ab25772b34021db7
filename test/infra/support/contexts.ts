/** Every setting that adds something to the stack, at once. */
export const EVERYTHING_ON = {
  stage: 'dev',
  apiKeyExpires: '2027-06-30',
  secondApiKeyExpires: '2027-09-30',
  wafRateLimit: 2000,
  reservedConcurrency: 5,
  tracing: 'on',
  alarmEmail: 'on-call@example.com',
  customerManagedKey: 'on',
  page: 'on',
  statusEvents: 'on',
  terminationProtection: 'on',
  tags: 'team=orders',
} as const;

/** Every setting that takes something away. */
export const EVERYTHING_OFF = {
  introspection: 'off',
  tracing: 'off',
  apiKeyExpires: 'trial',
  removalPolicy: 'destroy',
} as const;

/** When these dates are in what AppSync takes. */
export const NOW_SECONDS = Date.parse('2026-12-01T00:00:00Z') / 1000;
