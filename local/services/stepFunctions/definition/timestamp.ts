const RFC3339 =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a moment in RFC 3339 with its offset. */
export function isTimestamp(text: string): boolean {
  const date = RFC3339.exec(text)?.groups?.['date'];
  return date !== undefined && isDate(date) && !Number.isNaN(parseTimestamp(text));
}

/** JavaScript takes February 30th for March 1st. */
function isDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

/** Milliseconds since 1970; what is finer is cut off. */
export function parseTimestamp(text: string): number {
  return Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
}
