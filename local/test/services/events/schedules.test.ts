import { expect, test } from 'vitest';
import { parseSchedule } from '../../../services/events/schedule/parseSchedule.ts';
import { ruleTo, runEvents, SECOND } from './runEvents.ts';

const MINUTE = 60 * SECOND;
const DAY = 1440 * MINUTE;

function next(expression: string, after: string): string | null {
  const time = parseSchedule(expression)?.(Date.parse(after)) ?? null;
  return time === null ? null : new Date(time).toISOString();
}

test.each([
  ['rate(1 minute)', '2026-01-31T23:59:30Z', '2026-02-01T00:00:30.000Z'],
  ['rate(12 hours)', '2026-01-31T23:59:30Z', '2026-02-01T11:59:30.000Z'],
  ['rate(7 days)', '2026-01-31T00:00:00Z', '2026-02-07T00:00:00.000Z'],
  ['cron(0 8 ? * MON-FRI *)', '2026-01-30T08:00:00Z', '2026-02-02T08:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-01-30T08:00:00Z', '2026-01-30T08:15:00.000Z'],
  ['cron(5,50 22-23 * * ? *)', '2026-01-30T22:05:00Z', '2026-01-30T22:50:00.000Z'],
  ['cron(0 0 29 FEB ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['cron(30 12 ? * 1 2027)', '2026-01-01T00:00:00Z', '2027-01-03T12:30:00.000Z'],
  ['cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z', null],
])('%s after %s is next at %s', (expression, after, time) => {
  expect(next(expression, after)).toBe(time);
});

test.each([
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'cron(0 8 * * * *)',
  'cron(0 8 ? * ? *)',
  'cron(60 8 ? * MON *)',
  'cron(0 8 L * ? *)',
  'cron(0 8 ? * MON#2 *)',
  'cron(0 8 ? * FRI-MON *)',
  'cron(0 8 ? *)',
  'at(2026-01-01T00:00:00)',
])('%s is no schedule', (schedule) => {
  const { events } = runEvents();

  expect(() => events.define(ruleTo({}, { schedule, pattern: null }))).toThrow(
    `The rule decided has the schedule ${schedule}:`,
  );
});

test('a rule with a schedule sends its event by the clock of the cloud', async () => {
  const { events, scheduler, sent, pass } = runEvents();
  scheduler.start();
  events.define(ruleTo({}, { schedule: 'rate(10 minutes)', pattern: null }));
  events.start();

  await pass(9 * MINUTE);
  const before = sent.length;
  await pass(MINUTE);
  await pass(SECOND);
  const first = [...sent];
  await pass(30 * MINUTE);
  await pass(SECOND);

  expect(before).toBe(0);
  expect(first).toMatchObject([
    {
      body: {
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        resources: ['arn:aws:events:us-east-1:111111111111:rule/decided'],
        detail: {},
      },
    },
  ]);
  expect(sent).toHaveLength(4);
});

test('a restart keeps the beat, and makes up for one day at most', async () => {
  const before = runEvents();
  before.events.define(ruleTo({}, { schedule: 'rate(6 hours)', pattern: null }));
  before.events.start();
  await before.pass(0);
  before.close();

  const after = runEvents(before.folder);
  after.scheduler.start();
  after.events.define(ruleTo({}, { schedule: 'rate(6 hours)', pattern: null }));
  after.events.start();
  await after.pass(10 * DAY);
  await after.pass(SECOND);

  // The first that was missed, and those of the last day.
  expect(after.sent).toHaveLength(5);
});

test.each([
  ['rate(7 days)', 'rate(1 minute)', 1],
  ['rate(1 minute)', 'rate(7 days)', 0],
])('a schedule that is changed from %s to %s counts from the next start', async (old, schedule, count) => {
  const before = runEvents();
  before.events.define(ruleTo({}, { schedule: old, pattern: null }));
  before.events.start();
  await before.pass(0);
  before.close();

  const after = runEvents(before.folder);
  after.scheduler.start();
  after.events.define(ruleTo({}, { schedule, pattern: null }));
  after.events.start();
  await after.pass(MINUTE);
  await after.pass(SECOND);

  expect(after.sent).toHaveLength(count);
});

test('a rule that is disabled or gone sends nothing, and one with no purpose is refused', async () => {
  const { events, sent, pass } = runEvents();
  events.define(ruleTo({}, { schedule: 'rate(1 minute)', pattern: null, enabled: false }));
  events.start();

  await pass(5 * MINUTE);

  expect(sent).toEqual([]);
  expect(() => events.define(ruleTo({}, { pattern: null }))).toThrow(
    'The rule decided has neither a pattern nor a schedule.',
  );
});
