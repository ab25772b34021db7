import { describe, expect, test } from 'vitest';
import {
  needsInstance,
  type InstanceReadings,
  type PoolReadings,
} from '../../../services/lambda/needsInstance.ts';

const WAITING: InstanceReadings = { isReady: true, load: 0.1, runningMilliseconds: 50 };
const COMPUTING: InstanceReadings = { isReady: true, load: 0.9, runningMilliseconds: 50 };
const STUCK: InstanceReadings = { isReady: true, load: 0.01, runningMilliseconds: 2000 };
const QUIET: PoolReadings = {
  waitedMilliseconds: 100,
  processorShare: 0.2,
  instances: [WAITING],
};

function many(count: number, one: InstanceReadings): readonly InstanceReadings[] {
  return Array.from({ length: count }, () => one);
}

describe('on a machine with time to spare, an instance is added', () => {
  test.each<[string, Partial<PoolReadings>, boolean]>([
    ['after 0.1 s of waiting', {}, true],
    ['and not before', { waitedMilliseconds: 99 }, false],
    ['to one that computes', { instances: [COMPUTING] }, true],
    ['while clients keep most of the processors busy', { processorShare: 0.89 }, true],
    ['and not a third one beside two that wait for a moment', { instances: many(2, WAITING) }, false],
    ['and not to two of which one computes', { instances: [WAITING, COMPUTING] }, false],
    ['and not while another one starts', { instances: [{ ...WAITING, isReady: false }] }, false],
  ])('%s', (_what, readings, isNeeded) => {
    expect(needsInstance({ ...QUIET, ...readings })).toBe(isNeeded);
  });
});

describe('while the processors have no time, an instance is added', () => {
  test.each<[string, Partial<PoolReadings>, boolean]>([
    ['to one that is in use, after 2 s', { waitedMilliseconds: 2000 }, true],
    ['and not before', { waitedMilliseconds: 1999 }, false],
    ['and never a third', { instances: many(2, COMPUTING), waitedMilliseconds: 60_000 }, false],
  ])('%s', (_what, readings, isNeeded) => {
    expect(needsInstance({ ...QUIET, processorShare: 0.9, ...readings })).toBe(isNeeded);
  });
});

describe.each([0.2, 0.9])(
  'with the processors in use for %d of the time, an instance is added',
  (processorShare) => {
    test.each<[string, Partial<PoolReadings>, boolean]>([
      ['beside two whose calls have not ended for 2 s', { instances: many(2, STUCK) }, true],
      ['unless one of them is only slow', { instances: [STUCK, WAITING], waitedMilliseconds: 60_000 }, false],
      ['or computes', { instances: [STUCK, COMPUTING], waitedMilliseconds: 60_000 }, false],
      ['up to ten', { instances: many(9, STUCK) }, true],
      ['and no more', { instances: many(10, STUCK), waitedMilliseconds: 60_000 }, false],
    ])('%s', (_what, readings, isNeeded) => {
      expect(needsInstance({ ...QUIET, processorShare, ...readings })).toBe(isNeeded);
    });
  },
);
