const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** What AppSync allows, and where it publishes no limit, what this cloud does; `docs/supported.md` names every one. */
export const LIMITS = {
  'request seconds': 30,
  'query depth': 75,
  'resolvers of a request': 10_000,
  'functions of a pipeline': 10,
  'batch size': 2_000,
  'API keys': 50,
  'bytes of a schema': MEBIBYTE,
  'bytes of an event': 240 * KIBIBYTE,
  'bytes of response headers': 4 * KIBIBYTE,
  'bytes of a result': 5 * MEBIBYTE,
  'subscriptions of a connection': 100,
  /** A hundred documents of the most tokens, as people write them. */
  "characters of a connection's subscriptions": 16 * MEBIBYTE,
  'hours of a connection': 24,
  'invalidations of a request': 5,
  'fields of a filter': 5,
  'filters of a group': 10,
  'groups of a filter': 10,
  "levels of a filter's field": 5,
  "characters of a filter's value": 256,
  'values of in': 5,
  'values of containsAny': 20,
  'bytes of a request': MEBIBYTE,
  'tokens of a document': 15_000,
  'bytes of a frame': MEBIBYTE,
  /** About seventeen events of the largest size. */
  'unread bytes of a connection': 4 * MEBIBYTE,
} as const;
