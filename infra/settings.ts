/** What a deployment may choose: `context` in cdk.json, or `-c name=value` on the command line. */
export type Settings = {
  readonly deadlineSeconds: number;
  readonly reminderSeconds: number;
  /** Epoch seconds; null leaves it to AppSync, which lets a key live for 7 days. */
  readonly apiKeyExpires: number | null;
};

/** A setting that cannot be deployed. */
export class BadSetting extends Error {
  readonly type = 'BadSetting';
}

type ReadContext = (name: string) => unknown;

const DEADLINE_HOURS = 72;
const REMINDER_HOURS = 24;
const SECONDS_PER_HOUR = 3600;
const SHORTEST_SECONDS = 10; // as long as the function may take that stores the task token
const LONGEST_SECONDS = 364 * 24 * SECONDS_PER_HOUR; // a Standard workflow lives for a year at most
const MOST_ATTEMPTS = 100; // each adds about 4 of the 25,000 events that an execution may have, and a status to the order

export function parseSettings(context: ReadContext): Settings {
  const deadlineSeconds = parseHours('deadlineHours', context('deadlineHours') ?? DEADLINE_HOURS);
  const interval = parseHours('reminderHours', context('reminderHours') ?? REMINDER_HOURS);
  const reminderSeconds = Math.min(interval, deadlineSeconds);
  const attempts = deadlineSeconds / reminderSeconds;
  if (!Number.isInteger(attempts)) {
    throw new BadSetting(
      `deadlineHours is ${deadlineSeconds / SECONDS_PER_HOUR} and reminderHours is ${interval / SECONDS_PER_HOUR}: the deadline must be a whole number of reminder intervals, or shorter than one.`,
    );
  }
  if (attempts > MOST_ATTEMPTS) {
    throw new BadSetting(
      `deadlineHours and reminderHours make ${attempts - 1} reminders; at most ${MOST_ATTEMPTS - 1} are possible.`,
    );
  }
  return { deadlineSeconds, reminderSeconds, apiKeyExpires: parseExpiry(context('apiKeyExpires')) };
}

/** Hours become whole seconds, so 0.05 is good for a trial run of three minutes. */
function parseHours(name: string, value: unknown): number {
  const hours = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const seconds = typeof hours === 'number' ? Math.round(hours * SECONDS_PER_HOUR) : Number.NaN;
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds;
  throw new BadSetting(
    `${name} is ${JSON.stringify(value)}; it must be a number of hours from ${SHORTEST_SECONDS} seconds (0.003) to 364 days (8736).`,
  );
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;

function parseExpiry(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const time = typeof value === 'string' && ISO_DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return time / 1000;
  throw new BadSetting(
    `apiKeyExpires is ${JSON.stringify(value)}; it must be a date such as 2027-06-30 or 2027-06-30T12:00:00Z.`,
  );
}
