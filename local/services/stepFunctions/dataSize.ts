/** Step Functions carries at most this much from state to state, counted in bytes of UTF-8. */
export const MAX_DATA_BYTES = 262_144;

export function isTooLarge(text: string): boolean {
  const BYTES_PER_UNIT = 3; // a UTF-16 unit is never longer in UTF-8, so short texts need no counting
  if (text.length * BYTES_PER_UNIT <= MAX_DATA_BYTES) return false;
  return text.length > MAX_DATA_BYTES || Buffer.byteLength(text) > MAX_DATA_BYTES;
}
