import { expect, test } from 'vitest';
import { openConnections } from '../../bench/openConnections.ts';

test.each([
  [20_000, 10_000],
  [11_000, 10_000],
  [10_999, 1_000],
  [1_500, 100],
])('with %i open files a bench opens %i connections', (limit, connections) => {
  expect(openConnections([10_000, 1_000, 100], limit)).toBe(connections);
});

test('says how many files a machine may open when that is too few', () => {
  expect(() => openConnections([1_000], 256)).toThrow('256 open files are too few for 1000 connections');
});
