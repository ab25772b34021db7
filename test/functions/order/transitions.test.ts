import { describe, expect, test } from 'vitest';
import { receiveOrder } from '../../../functions/order/orderRequest.ts';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { failOrder, pauseOrder, settleOrder } from '../../../functions/order/transitions.ts';
import { expiredAt } from '../../../functions/order/decision.ts';

const AT = '2026-01-01T00:00:00.000Z';
const DEADLINE = '2026-01-04T00:00:00.000Z';
const HOUR_MS = 3_600_000;
const received = receiveOrder({ orderId: parseOrderId('order-1'), at: AT });
const later = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
const pauseAt = (at: string) => ({ at, deadline: DEADLINE, reminderMs: 24 * HOUR_MS });
const paused = pauseOrder(received, pauseAt(AT));

describe('a pause', () => {
  test('less than half an interval after the last one is the same pause', () => {
    expect(pauseOrder(paused, pauseAt(later(12 * HOUR_MS - 1)))).toBe(paused);
  });

  test('half an interval after the last one is a reminder, with the deadline of the first', () => {
    const reminded = pauseOrder(paused, { ...pauseAt(later(12 * HOUR_MS)), deadline: 'another' });

    expect(reminded).toMatchObject({ status: 'PAUSED', version: 4, deadline: DEADLINE });
    expect(reminded.history.at(-1)).toMatchObject({ reminder: 1, deadline: DEADLINE });
  });

  test('of an order that has been decided is none', () => {
    const expired = settleOrder(paused, expiredAt(DEADLINE), DEADLINE);

    expect(pauseOrder(expired, pauseAt(later(100 * HOUR_MS)))).toBe(expired);
  });
});

test('an order that never paused pauses and expires in one moment', () => {
  const { history } = settleOrder(received, expiredAt(DEADLINE), DEADLINE);

  expect(history.slice(1)).toMatchObject([
    { status: 'PROCESSING', version: 2, at: DEADLINE },
    { status: 'PAUSED', version: 3, at: DEADLINE, deadline: DEADLINE, reminder: 0 },
    { status: 'EXPIRED', version: 4, at: DEADLINE },
  ]);
});

test('an order that has ended does not fail any more', () => {
  const expired = settleOrder(paused, expiredAt(DEADLINE), DEADLINE);

  expect(failOrder(expired, expiredAt(DEADLINE), { at: DEADLINE, reason: 'too late' })).toBe(expired);
});
