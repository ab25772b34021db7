/** Java's years: four digits, more of them with a sign, and negative ones for the years before zero. */
const DATE = /^(\d{4}|-\d{4,9}|\+\d{5,9})-(\d{2})-(\d{2})/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?/;
/** Java's offsets, which AppSync's dates are made of, end at 18 hours. */
const OFFSET = /^(?:Z|[+-](?:18:00(?::00)?|(?:0\d|1[0-7]):[0-5]\d(?::[0-5]\d)?))$/;

/** `YYYY-MM-DD`, with or without an offset. */
export function isDate(text: string): boolean {
  const length = dateLength(text);
  return length > 0 && isOffset(text.slice(length), true);
}

/** `hh:mm:ss.sss`, seconds and offset optional. */
export function isTime(text: string): boolean {
  const length = clockLength(text);
  return length > 0 && isOffset(text.slice(length), true);
}

/** `YYYY-MM-DDThh:mm:ss.sssZ`; the offset is required. */
export function isDateTime(text: string): boolean {
  const date = dateLength(text);
  if (date === 0 || text[date] !== 'T') return false;
  const clock = clockLength(text.slice(date + 1));
  return clock > 0 && isOffset(text.slice(date + 1 + clock), false);
}

const MONTHS_OF_30_DAYS = [4, 6, 9, 11];
const FEBRUARY = 2;

/** How much of a text is a date at its beginning; 0 for none. */
function dateLength(text: string): number {
  const match = DATE.exec(text);
  if (match === null || /^-0+$/.test(match[1] ?? '')) return 0;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === FEBRUARY ? 28 + Number(isLeapYear) : 31 - Number(MONTHS_OF_30_DAYS.includes(month));
  return month >= 1 && month <= 12 && day >= 1 && day <= days ? match[0].length : 0;
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
