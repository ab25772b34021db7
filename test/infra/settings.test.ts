import { expect, test } from 'vitest';
import { parseSettings } from '../../infra/settings.ts';

const parse = (context: Readonly<Record<string, unknown>>) => parseSettings((name) => context[name]);

test('lets an order wait for three days, with a reminder every day, unless told otherwise', () => {
  expect(parse({})).toEqual({ deadlineSeconds: 259_200, reminderSeconds: 86_400, apiKeyExpires: null });
});

test.each([
  [{ deadlineHours: '2', reminderHours: '1' }, 7200, 3600],
  [{ deadlineHours: 0.05 }, 180, 180],
  [{ deadlineHours: 24 }, 86_400, 86_400],
  [{ deadlineHours: 8736, reminderHours: 168 }, 31_449_600, 604_800],
])('takes %j', (context, deadlineSeconds, reminderSeconds) => {
  expect(parse(context)).toMatchObject({ deadlineSeconds, reminderSeconds });
});

test.each([
  ['2027-06-30', 1_814_313_600],
  ['2027-06-30T12:00:00Z', 1_814_356_800],
])('takes %s as the end of the API key', (apiKeyExpires, seconds) => {
  expect(parse({ apiKeyExpires }).apiKeyExpires).toBe(seconds);
});

test.each([
  [{ deadlineHours: 'soon' }, 'deadlineHours is "soon"; it must be a number of hours'],
  [{ deadlineHours: '' }, 'deadlineHours is ""; it must be'],
  [{ deadlineHours: -1 }, 'deadlineHours is -1; it must be'],
  [{ deadlineHours: 8737 }, 'deadlineHours is 8737; it must be'],
  [{ deadlineHours: 0.001 }, 'deadlineHours is 0.001; it must be'],
  [{ reminderHours: 0 }, 'reminderHours is 0; it must be'],
  [{ reminderHours: true }, 'reminderHours is true; it must be'],
  [
    { deadlineHours: 60 },
    'deadlineHours is 60 and reminderHours is 24: the deadline must be a whole number of reminder intervals',
  ],
  [{ deadlineHours: 1000, reminderHours: 1 }, 'make 999 reminders; at most 99 are possible'],
  [{ apiKeyExpires: 'never' }, 'apiKeyExpires is "never"; it must be a date such as 2027-06-30'],
  [{ apiKeyExpires: 1_814_313_600 }, 'apiKeyExpires is 1814313600; it must be a date'],
  [{ apiKeyExpires: '2027-13-45' }, 'apiKeyExpires is "2027-13-45"; it must be a date'],
])('refuses %j and says why', (context, sentence) => {
  expect(() => parse(context)).toThrow(sentence);
});
