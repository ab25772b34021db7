import { expect, test } from 'vitest';
import { parseDuration } from '../../../cloud/testControls/createTestControls.ts';

test.each([
  ['PT72H', 259_200_000],
  ['P3D', 259_200_000],
  ['P1W', 604_800_000],
  ['PT1M30S', 90_000],
  ['PT0.5S', 500],
  ['P1DT12H', 129_600_000],
])('reads %s as %i milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', 'P', 'PT', 'P1M', 'P1Y', '72', '-PT1H', 'P1D ', 'PT1H1D', 7, null, undefined])(
  'refuses %j',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
