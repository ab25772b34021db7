import { expect, test } from 'vitest';
import { fieldsOf } from '../../../functions/order/fields.ts';
import { parseAttempt } from '../../../functions/steps/attempt.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const attemptOf = (payload: object) =>
  parseAttempt(
    fieldsOf({ taskToken: 'token-0', redriveCount: 0, retryCount: 0, ...payload }, 'a payload'),
    NOW,
  );

test('the deadline and the interval of reminders are those of the payload', () => {
  const attempt = attemptOf({
    enteredAt: '2025-12-31T23:00:00.000Z',
    deadlineSeconds: 7200,
    reminderSeconds: 600,
  });

  expect(attempt).toMatchObject({ deadline: '2026-01-01T01:00:00.000Z', reminderMs: 600_000 });
});

test('an execution that began under version 1 has 72 h from now, and a reminder each day', () => {
  expect(attemptOf({})).toMatchObject({ deadline: '2026-01-04T00:00:00.000Z', reminderMs: 86_400_000 });
});
