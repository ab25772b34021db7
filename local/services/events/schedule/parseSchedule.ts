import { parseCronField, type FieldRange } from './cronField.ts';

/** The next time after a time; null when there is none. Both in milliseconds since 1970. */
export type NextTime = (after: number) => number | null;

const MINUTE = 60_000;
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: DAY };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly FieldRange[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: MONTHS },
  { from: 1, to: 7, names: WEEKDAYS },
  { from: 1970, to: 2199 },
];
const LAST_YEAR = 2199;

/** `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`, in UTC. Null for anything else, also for `L`, `W` and `#`. */
export function parseSchedule(expression: string): NextTime | null {
  const [, value, unit, plural] = /^rate\(([1-9]\d{0,8}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const period = UNITS[unit ?? ''];
  if (period !== undefined) {
    const isPlural = plural === 's';
    return (value === '1') === isPlural ? null : (after) => after + Number(value) * period;
  }
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  return fields.length === FIELDS.length ? parseCron(fields) : null;
}

/** One of day of month and day of week is `?`: the other one counts. */
function parseCron(fields: readonly string[]): NextTime | null {
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return null;
  const sets = FIELDS.map((range, index) => {
    const text = fields[index] ?? '';
    return parseCronField(text === '?' ? '*' : text, range);
  });
  const [minutes, hours, days, months, weekdays, years] = sets;
  if (!minutes || !hours || !days || !months || !weekdays || !years) return null;
  const isDay = (date: Date) =>
    years.has(date.getUTCFullYear()) &&
    months.has(date.getUTCMonth() + 1) &&
    days.has(date.getUTCDate()) &&
    weekdays.has(date.getUTCDay() + 1);
  return (after) => nextTime(after, { isDay, hours, minutes });
}

type Times = {
  readonly isDay: (date: Date) => boolean;
  readonly hours: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
};

/** Looks at days first, so that a date years ahead is found at once. */
function nextTime(after: number, { isDay, hours, minutes }: Times): number | null {
  const start = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  for (let day = Math.floor(start / DAY) * DAY; ; day += DAY) {
    const date = new Date(day);
    if (date.getUTCFullYear() > LAST_YEAR) return null;
    if (!isDay(date)) continue;
    for (let time = Math.max(day, start); time < day + DAY; time += MINUTE) {
      const minute = new Date(time);
      if (hours.has(minute.getUTCHours()) && minutes.has(minute.getUTCMinutes())) return time;
    }
  }
}
