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
  waitedMilliseconds: 400,
  urgentMilliseconds: 0,
  mainLoad: 0.2,
  processorShare: 0.2,
  instances: [WAITING],
};

function many(count: number, one: InstanceReadings): readonly InstanceReadings[] {
  return Array.from({ length: count }, () => one);
}

describe('on a machine with time to spare, an instance is added', () => {
  test.each<[string, Partial<PoolReadings>, boolean]>([
    ['after 0.4 s of waiting', {}, true],
    ['and not before', { waitedMilliseconds: 399 }, false],
    ['and not a third one beside two that wait for a moment', { instances: many(2, WAITING) }, false],
    ['but up to ten beside those that have waited for two seconds', { instances: many(9, STUCK) }, true],
    ['and no more than ten', { instances: many(10, STUCK) }, false],
    ['to one that computes', { instances: [COMPUTING] }, true],
    ['and not to two of which one computes', { instances: [WAITING, COMPUTING] }, false],
    ['and not while another one starts', { instances: [{ ...WAITING, isReady: false }] }, false],
  ])('%s', (_what, readings, isNeeded) => {
    expect(needsInstance({ ...QUIET, ...readings })).toBe(isNeeded);
  });
});

describe.each([
  ['the main thread', { mainLoad: 0.7 }],
  ['the processors', { processorShare: 0.7 }],
])('while %s has no time', (_what, busy) => {
  test.each<[string, Partial<PoolReadings>, boolean]>([
    ['an instance that waits for it is no reason', { waitedMilliseconds: 60_000 }, false],
    [
      'two that wait for it are none either',
      { instances: many(2, WAITING), waitedMilliseconds: 60_000 },
      false,
    ],
    ['one that computes gets a second after 2 s', { instances: [COMPUTING], waitedMilliseconds: 2000 }, true],
    ['and not before', { instances: [COMPUTING], waitedMilliseconds: 1999 }, false],
    ['and never a third', { instances: many(2, COMPUTING), waitedMilliseconds: 60_000 }, false],
    [
      'those whose calls do not end get another one',
      { instances: many(3, STUCK), waitedMilliseconds: 2000 },
      true,
    ],
    ['unless one of them is only slow', { instances: [STUCK, WAITING], waitedMilliseconds: 60_000 }, false],
    ['up to ten', { instances: many(10, STUCK), waitedMilliseconds: 60_000 }, false],
  ])('%s', (_name, readings, isNeeded) => {
    expect(needsInstance({ ...QUIET, ...busy, ...readings })).toBe(isNeeded);
  });
});

describe.each([0.2, 0.9])(
  'an invocation whose caller waits, while all is in use for %d of the time',
  (load) => {
    const busy = { mainLoad: load, processorShare: load, waitedMilliseconds: 100 };
    test.each<[string, Partial<PoolReadings>, boolean]>([
      ['has a second instance after 0.1 s', { urgentMilliseconds: 100 }, true],
      ['and not before', { urgentMilliseconds: 99 }, false],
      [
        'and not while another one starts',
        { urgentMilliseconds: 100, instances: [{ ...WAITING, isReady: false }] },
        false,
      ],
      ['and no third one', { urgentMilliseconds: 100, instances: many(2, WAITING) }, false],
    ])('%s', (_what, readings, isNeeded) => {
      expect(needsInstance({ ...QUIET, ...busy, ...readings })).toBe(isNeeded);
    });
  },
);
