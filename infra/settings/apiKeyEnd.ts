import type { Reader } from './readers.ts';

/** When an API key ends: `trial` leaves it to AppSync (7 days), `off` is a key that does not exist. */
export type ApiKeyEnd = { readonly seconds: number } | 'trial' | 'off';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;

export const apiKeyEnd: Reader<ApiKeyEnd> = {
  allowed: 'a date such as 2027-06-30 or 2027-06-30T12:00:00Z, "trial" or "off"',
  read: (value) => {
    if (value === 'trial' || value === 'off') return value;
    const time = typeof value === 'string' && ISO_DATE.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isFinite(time) ? { seconds: time / 1000 } : undefined;
  },
};

const DAY_SECONDS = 86_400;
// AppSync's own limits: CreateApiKey and UpdateApiKey answer ApiKeyValidityOutOfBoundsException outside of them.
const MIN_DAYS = 1;
const SPARE_SECONDS = 3600; // AppSync rounds an end down to the hour, and a deployment takes minutes until it makes the key
const MAX_DAYS = 365;
const WARNING_DAYS = 30;

/** What AppSync would refuse in the middle of a deployment; null when it takes the date. */
export function problemOf(name: string, end: ApiKeyEnd, nowSeconds: number): string | null {
  if (typeof end === 'string') return null;
  const min = nowSeconds + MIN_DAYS * DAY_SECONDS + SPARE_SECONDS;
  const max = nowSeconds + MAX_DAYS * DAY_SECONDS;
  if (end.seconds >= min && end.seconds <= max) return null;
  return `${name} is ${moment(end.seconds)}; AppSync takes an end from ${MIN_DAYS} day to ${MAX_DAYS} days ahead and rounds it down to the hour: now ${moment(min)} to ${moment(max)}.`;
}

/** What a person has to know soon; null when the key is good for long. */
export function warningOf(name: string, end: ApiKeyEnd, nowSeconds: number): string | null {
  if (end === 'off') return null;
  if (end === 'trial')
    return `${name} is "trial": AppSync ends the API key 7 days after it was made. Set a date for a deployment that lives longer.`;
  const days = Math.floor((end.seconds - nowSeconds) / DAY_SECONDS);
  if (days >= WARNING_DAYS) return null;
  return `${name} is ${moment(end.seconds)}: the API key ends in ${days} days. Set a later date and deploy; the key stays the same.`;
}

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).concat('Z');
