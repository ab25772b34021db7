const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a moment in RFC 3339 with its offset. */
export function isTimestamp(text: string): boolean {
  return RFC3339.test(text) && !Number.isNaN(parseTimestamp(text));
}

/** Milliseconds since 1970; what is finer is cut off. */
export function parseTimestamp(text: string): number {
  return Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
}
