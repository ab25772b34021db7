import { describe, expect, test } from 'vitest';
import { isLegalMove, moveOrder } from '../../../functions/order/moves.ts';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { receiveOrder } from '../../../functions/order/orderRequest.ts';
import type { OrderRecord } from '../../../functions/order/orderRecord.ts';
import type { OrderStatus } from '../../../schema.generated.ts';

const AT = '2026-01-01T00:00:00.000Z';
const STATUSES: readonly OrderStatus[] = [
  'RECEIVED',
  'PROCESSING',
  'PAUSED',
  'CONFIRMED',
  'COMPLETED',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'FAILED',
];
const LEGAL = [
  'RECEIVED PROCESSING',
  'PROCESSING PAUSED',
  'PAUSED PAUSED',
  'PAUSED CONFIRMED',
  'PAUSED REJECTED',
  'PAUSED EXPIRED',
  'PAUSED CANCELLED',
  'CONFIRMED COMPLETED',
  'RECEIVED FAILED',
  'PROCESSING FAILED',
  'PAUSED FAILED',
  'CONFIRMED FAILED',
];
const PAIRS = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const));

function orderThatIs(status: OrderStatus): OrderRecord {
  return { ...receiveOrder({ orderId: parseOrderId('order-1'), at: AT }), status, version: 7 };
}

describe('an order', () => {
  test.each(PAIRS.filter((pair) => LEGAL.includes(pair.join(' '))))('moves from %s to %s', (from, to) => {
    expect(isLegalMove(from, to)).toBe(true);
    expect(moveOrder(orderThatIs(from), { status: to, at: AT })).toMatchObject({ status: to, version: 8 });
  });

  test.each(PAIRS.filter((pair) => !LEGAL.includes(pair.join(' '))))(
    'never moves from %s to %s',
    (from, to) => {
      expect(isLegalMove(from, to)).toBe(false);
      expect(() => moveOrder(orderThatIs(from), { status: to, at: AT })).toThrow(`it cannot become ${to}`);
    },
  );

  test('has 12 legal moves among the 81 pairs', () => {
    expect(PAIRS.filter(([from, to]) => isLegalMove(from, to))).toHaveLength(12);
    expect(PAIRS).toHaveLength(81);
  });

  test('keeps what it was: a move adds one version to the history and leaves the old order alone', () => {
    const before = orderThatIs('PROCESSING');

    const after = moveOrder(before, {
      status: 'PAUSED',
      at: AT,
      deadline: '2026-01-04T00:00:00.000Z',
      reminder: 0,
    });

    expect(before.history).toHaveLength(1);
    expect(after.history.at(-1)).toEqual({
      orderId: 'order-1',
      status: 'PAUSED',
      version: 8,
      at: AT,
      reason: null,
      decidedBy: null,
      deadline: '2026-01-04T00:00:00.000Z',
      reminder: 0,
    });
  });
});
