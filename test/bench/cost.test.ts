import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { startMeasuredCloud } from '../../bench/cloud.ts';
import { costOf, countTransitions, monthlyCostOf } from '../../bench/cost/costOf.ts';
import { countOrder, type OrderUsage } from '../../bench/cost/countOrder.ts';
import { parseTemplate, type Deployment } from '../../bench/parseTemplate.ts';
import { afterApproval } from '../../functions/work/afterApproval.ts';
import { beforeApproval } from '../../functions/work/beforeApproval.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const MAX_DOLLARS = 155;

const { text } = await synthesizeApp();
const deployment = parseTemplate(text);
let usage: OrderUsage;
beforeAll(async () => {
  const cloud = await startMeasuredCloud({ testControls: true });
  usage = await countOrder(cloud);
  await cloud.remove();
});

// The counts are those of an order without own work, which writes and publishes two statuses at once.
const hasWork = beforeApproval !== null || afterApproval !== null;

const dollarsOf = (given: Deployment): number =>
  costOf(given, usage).reduce((sum, { dollars }) => sum + dollars, 0);

test('a confirmed order takes three transitions', () => {
  expect(countTransitions(deployment)).toBe(3);
});

test.skipIf(hasWork)('a million confirmed orders, counted in a run, stay within the budget', () => {
  expect(dollarsOf(deployment)).toBeLessThanOrEqual(MAX_DOLLARS);
});

test.skipIf(hasWork)('each line of the cost has the count that the documents say', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
  const written = [...page.matchAll(/^\| (\w[^|]+?) +\| +([\d.]+) \| +([\d.]+) \|$/gm)];

  const monthly = monthlyCostOf(deployment);
  const lines = [...costOf(deployment, usage), ...monthly].filter(
    ({ what }) => what !== 'CloudWatch: log bytes',
  );

  expect(lines).not.toEqual([]);
  for (const { what, count, dollars } of lines)
    expect(written.map((row) => row.slice(1))).toContainEqual([what, String(count), dollars.toFixed(2)]);
  const total = monthly.reduce((sum, { dollars }) => sum + dollars, 0);
  expect(page).toMatch(new RegExp(`^\\| all +\\| +\\| +${total.toFixed(2)} \\|$`, 'm'));
});

test('a state more costs 25 dollars, a log of everything 12.50, and one of the API in the class Standard 2.10', () => {
  const [first = ''] = Object.keys(deployment.states);
  const states = { ...deployment.states, Before: { Next: first } };

  expect(dollarsOf({ ...deployment, states, startAt: 'Before' }) - dollarsOf(deployment)).toBeCloseTo(25);
  expect(dollarsOf({ ...deployment, logLevel: 'ALL' }) - dollarsOf(deployment)).toBeCloseTo(12.5);
  expect(dollarsOf({ ...deployment, apiLogClass: 'STANDARD' }) - dollarsOf(deployment)).toBeCloseTo(2.1);
});
