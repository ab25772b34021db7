import { expect, test } from 'vitest';
import { expiredAt, failedAt, parseDecision } from '../../../functions/order/decision.ts';

const STORED = {
  kind: 'REJECTED',
  decidedBy: 'Ada',
  isVerified: true,
  reason: '',
  at: '2026-01-01T00:00:00.000Z',
};

test('a decision is read as it was written', () => {
  expect(parseDecision({ schemaVersion: 2, ...STORED })).toEqual(STORED);
});

test('a name of version 1 was not verified', () => {
  const { isVerified: _none, ...old } = STORED;

  expect(parseDecision(old)).toEqual({ ...STORED, isVerified: false });
});

test.each([
  ['a kind that is not known', { ...STORED, kind: 'MAYBE' }, 'kind is not a known decision kind'],
  ['a kind that every object has', { ...STORED, kind: 'toString' }, 'kind is not a known decision kind'],
  [
    'a record of a later version',
    { ...STORED, schemaVersion: 3 },
    'schemaVersion of a record must be at most 2',
  ],
])('%s is refused', (_what, stored, message) => {
  expect(() => parseDecision(stored)).toThrow(message);
});

test('a decision of the workflow names no person and is not verified', () => {
  expect(expiredAt('now')).toEqual({
    kind: 'EXPIRED',
    decidedBy: null,
    isVerified: false,
    reason: null,
    at: 'now',
  });
  expect(failedAt('now', 'why')).toMatchObject({ kind: 'FAILED', isVerified: false, reason: 'why' });
});
