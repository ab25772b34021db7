export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/g;

/** A JSON text without the white space between its parts. The literal text of numbers stays, as on AWS (`0.0`). */
export function compactJson(text: string): string {
  return /\s/.test(text) ? text.replaceAll(TOKENS, (token) => (token.startsWith('"') ? token : '')) : text;
}

/** Step Functions carries at most this much from state to state, counted in bytes of UTF-8. */
export const MAX_DATA_BYTES = 262_144;

export function isTooLarge(text: string): boolean {
  const BYTES_PER_UNIT = 3; // a UTF-16 unit is never longer in UTF-8, so short texts need no counting
  if (text.length * BYTES_PER_UNIT <= MAX_DATA_BYTES) return false;
  return text.length > MAX_DATA_BYTES || Buffer.byteLength(text) > MAX_DATA_BYTES;
}
