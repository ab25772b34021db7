const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

// What AppSync allows, and where it publishes no limit, what this cloud does; `docs/supported.md` names every one.

export const MAX_REQUEST_SECONDS = 30;
export const MAX_QUERY_DEPTH = 75;
export const MAX_REQUEST_RESOLVERS = 10_000;
export const MAX_PIPELINE_FUNCTIONS = 10;
export const MAX_BATCH_SIZE = 2_000;
export const MAX_API_KEYS = 50;
export const MAX_SCHEMA_BYTES = MEBIBYTE;
export const MAX_EVENT_BYTES = 240 * KIBIBYTE;
export const MAX_RESPONSE_HEADER_BYTES = 4 * KIBIBYTE;
export const MAX_RESULT_BYTES = 5 * MEBIBYTE;
export const MAX_CONNECTION_SUBSCRIPTIONS = 100;
/** A hundred documents of the most tokens, as people write them. */
export const MAX_CONNECTION_SUBSCRIPTION_CHARACTERS = 16 * MEBIBYTE;
export const MAX_CONNECTION_HOURS = 24;
export const MAX_REQUEST_INVALIDATIONS = 5;
export const MAX_FILTER_FIELDS = 5;
export const MAX_GROUP_FILTERS = 10;
export const MAX_FILTER_GROUPS = 10;
export const MAX_FILTER_FIELD_LEVELS = 5;
export const MAX_FILTER_VALUE_CHARACTERS = 256;
export const MAX_IN_VALUES = 5;
export const MAX_CONTAINS_ANY_VALUES = 20;
export const MAX_REQUEST_BYTES = MEBIBYTE;
export const MAX_DOCUMENT_TOKENS = 15_000;
export const MAX_FRAME_BYTES = MEBIBYTE;
/** About seventeen events of the largest size. */
export const MAX_CONNECTION_UNREAD_BYTES = 4 * MEBIBYTE;
