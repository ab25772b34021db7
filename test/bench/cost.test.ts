import { expect, test } from 'vitest';
import { costOf, countTransitions } from '../../bench/cost/costOf.ts';
import { parseTemplate, type Deployment } from '../../bench/parseTemplate.ts';
import { synthesizeApp } from '../infra/support/synthesizeApp.ts';

const { text } = await synthesizeApp();
const deployment = parseTemplate(text);
const dollarsOf = (given: Deployment): number =>
  costOf(given).reduce((sum, { dollarsPerMillion }) => sum + dollarsPerMillion, 0);

test('a confirmed order takes three transitions', () => {
  expect(countTransitions(deployment)).toBe(3);
});

test('a million confirmed orders cost what the documents say', () => {
  expect(dollarsOf(deployment)).toBeCloseTo(154.93, 1);
});

test('a state more costs 25 dollars, and a log of everything 12.50', () => {
  const [first = ''] = Object.keys(deployment.states);
  const states = { ...deployment.states, Before: { Next: first } };

  expect(dollarsOf({ ...deployment, states, startAt: 'Before' }) - dollarsOf(deployment)).toBeCloseTo(25);
  expect(dollarsOf({ ...deployment, logLevel: 'ALL' }) - dollarsOf(deployment)).toBeCloseTo(12.5);
});
