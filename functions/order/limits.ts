// The limits of the API. Resolvers, functions, the page and the schema's descriptions are held to them by
// test/limits.test.ts, so a limit changes here and wherever that test then points.

export const MAX_ORDER_ID_CHARACTERS = 64; // an execution's name may have 80
export const ORDER_ID = `[A-Za-z0-9_-]{1,${MAX_ORDER_ID_CHARACTERS}}`; // a pattern for Java and JavaScript
export const ORDER_ID_PATTERN = `^${ORDER_ID}$`;

export const MAX_ORDER_DETAILS_BYTES = 16_384; // of UTF-8: the whole order stays far below AppSync's 1 MB

export const MAX_CLAIM_CHARACTERS = 256; // of a name or a reason: an event may have 240 KB, and a history repeats them

export const MAX_PAGE_ORDERS = 100;
export const DEFAULT_PAGE_ORDERS = 20;
export const MAX_PAGE_BYTES = 4_000_000; // of JSON, in which a byte of details may be six: AppSync takes 5 MB of a function
export const MAX_PAGE_TOKEN_CHARACTERS = 200;
