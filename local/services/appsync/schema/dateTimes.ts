const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?/;
/** Java's offsets, which AppSync's dates are made of, end at 18 hours. */
const OFFSET = /^(?:Z|[+-](?:18:00(?::00)?|(?:0\d|1[0-7]):[0-5]\d(?::[0-5]\d)?))$/;

/** `YYYY-MM-DD`, with or without an offset. */
export function isDate(text: string): boolean {
  return startsWithDate(text) && isOffset(text.slice(10), true);
}

/** `hh:mm:ss.sss`, seconds and offset optional. */
export function isTime(text: string): boolean {
  const length = clockLength(text);
  return length > 0 && isOffset(text.slice(length), true);
}

/** `YYYY-MM-DDThh:mm:ss.sssZ`; the offset is required. */
export function isDateTime(text: string): boolean {
  if (!startsWithDate(text) || text[10] !== 'T') return false;
  const length = clockLength(text.slice(11));
  return length > 0 && isOffset(text.slice(11 + length), false);
}

function startsWithDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function clockLength(text: string): number {
  const match = CLOCK.exec(text);
  if (match === null) return 0;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hours < 24 && minutes < 60 && seconds < 60 ? match[0].length : 0;
}

function isOffset(text: string, optional: boolean): boolean {
  return text === '' ? optional : OFFSET.test(text);
}
