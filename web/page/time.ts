const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Only the last moments are worth a number that changes every second. */
const TICKING_MILLISECONDS = 2 * MINUTE;
/** Above this many hours the minutes do not matter. */
const MAX_HOURS_WITH_MINUTES = 12;

/** How long something still takes, no finer than a person plans by. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < TICKING_MILLISECONDS) {
    return words(
      [Math.floor(milliseconds / MINUTE), 'min'],
      [Math.floor((milliseconds % MINUTE) / SECOND), 's'],
    );
  }
  if (milliseconds < DAY) {
    const hours = Math.floor(milliseconds / HOUR);
    const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
    return words([hours, 'h'], [hours < MAX_HOURS_WITH_MINUTES ? minutes : 0, 'min']);
  }
  const hours = Math.round(milliseconds / HOUR);
  const days = Math.floor(hours / 24);
  if (hours % 24 === 0) return days === 1 ? '1 day' : `${days} days`;
  return words([days, 'd'], [hours % 24, 'h']);
}

function words(...parts: readonly (readonly [number, string])[]): string {
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? '0 s' : shown.join(' ');
}

/** Whether the words for this time change within the minute. */
export function isTicking(milliseconds: number): boolean {
  return milliseconds > 0 && milliseconds < TICKING_MILLISECONDS + MINUTE;
}

/** The page is in English; so are its dates, in the reader's own kind of English where the browser names one (some name what is none, such as `en-US@posix`). */
const LANGUAGE = navigator.languages.find((language) => /^en(-[A-Z]{2})?$/.test(language)) ?? 'en-GB';
const TIME = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat(LANGUAGE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const WITH_ZONE = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'long' });
const RELATIVE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });

/** The time of a day, with the day unless it is today. */
export function timeWords(time: string | number, now: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DAY_AND_TIME).format(date);
}

/** A time that leaves no question open: with the year, the seconds and the zone. */
export function exactTime(time: string | number): string {
  return WITH_ZONE.format(new Date(time));
}

/** How long ago something was. */
export function agoWords(time: string, now: number): string {
  const past = Math.max(0, now - Date.parse(time));
  if (past < MINUTE) return 'just now';
  if (past < HOUR) return RELATIVE.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return RELATIVE.format(-Math.floor(past / HOUR), 'hour');
  return RELATIVE.format(-Math.floor(past / DAY), 'day');
}

/** How much later one line of a history is than the one before it; null when it followed at once. */
export function gapWords(before: string, after: string): string | null {
  const gap = Date.parse(after) - Date.parse(before);
  return gap < HOUR ? null : `${durationWords(gap)} later`;
}
