import { beforeEach, expect, test, vi } from 'vitest';
import { retryLost } from '../../../functions/records/retryLost.ts';

const pauses = vi.hoisted(() => [] as number[]);
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => void pauses.push(ms) }));

beforeEach(() => {
  pauses.length = 0;
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});

/** Loses so many rounds before it wins. */
function lose(rounds: number) {
  let left = rounds;
  return vi.fn<() => Promise<string | null>>(async () => {
    left -= 1;
    return left < 0 ? 'won' : null;
  });
}

test('a race that is won at once costs no pause', async () => {
  expect(await retryLost(lose(0))).toBe('won');
  expect(pauses).toEqual([]);
});

test('a lost race is looked at again at once, and then after pauses that double', async () => {
  const attempt = lose(4);

  expect(await retryLost(attempt)).toBe('won');
  expect(attempt).toHaveBeenCalledTimes(5);
  expect(pauses).toEqual([2.5, 5, 10]);
});

test('eight lost races are left to the retry of the caller', async () => {
  const attempt = lose(100);

  await expect(retryLost(attempt)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  expect(attempt).toHaveBeenCalledTimes(8);
});
