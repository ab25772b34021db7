import { describe, expect, test } from 'vitest';
import type { Order, OrderStatus, OrderStatusEvent } from '../../client/countersign.ts';
import { withEvent, withOrder, type Entry } from '../../web/page/orders/entry.ts';
import { toCsv, toJson } from '../../web/page/orders/exportOrders.ts';
import { byUrgency, nextAfter, search, viewOf } from '../../web/page/orders/views.ts';
import { durationWords } from '../../web/page/time.ts';
import { failureWords } from '../../web/page/words.ts';

const NOW = Date.parse('2026-12-07T10:00:00Z');
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();

function eventOf(
  orderId: string,
  version: number,
  status: OrderStatus,
  deadline: string | null = null,
): OrderStatusEvent {
  const claim =
    status === 'REJECTED' ? { decidedBy: 'Ada', reason: 'Too dear' } : { decidedBy: null, reason: null };
  return { orderId, version, status, at: at(version / 60), deadline, reminder: null, ...claim };
}

const waiting = (orderId: string, hours: number): Entry =>
  withEvent(undefined, eventOf(orderId, 3, 'PAUSED', at(hours)));
const rejected = (orderId: string, hours: number): Entry =>
  withEvent(waiting(orderId, hours), eventOf(orderId, 4, 'REJECTED'));
const ids = (entries: readonly Entry[]) => entries.map(({ orderId }) => orderId);

describe('the lists', () => {
  const entries = [waiting('later', 50), rejected('gone', 2), waiting('soon', 0.5), waiting('today', 20)];

  test('hold what waits by its deadline and what was decided by its time', () => {
    const view = viewOf(entries, null);

    expect(ids(view.waiting)).toEqual(['soon', 'today', 'later']);
    expect(ids(view.decided)).toEqual(['gone']);
  });

  test('keep the order in hand where it was, decided or not', () => {
    expect(ids(viewOf(entries, 'gone').waiting)).toEqual(['soon', 'gone', 'today', 'later']);
  });

  test('find by number, requester, decider and reason', () => {
    expect(ids(search(viewOf(entries, null), 'TOO DEAR').decided)).toEqual(['gone']);
    expect(ids(search(viewOf(entries, null), ' soon ').waiting)).toEqual(['soon']);
  });

  test('group what waits by urgency', () => {
    const { waiting: queue } = viewOf(entries, null);

    expect(byUrgency(queue, NOW).map(({ title, entries: group }) => [title, ids(group)])).toEqual([
      ['Within the hour', ['soon']],
      ['Within a day', ['today']],
      ['Later', ['later']],
    ]);
  });

  test('know what comes next: after the order in hand, or else from the top', () => {
    const { waiting: queue } = viewOf(entries, 'gone');

    expect(nextAfter(queue, 'gone')?.orderId).toBe('today');
    expect(nextAfter(queue, 'later')?.orderId).toBe('soon');
    expect(nextAfter(queue, null)?.orderId).toBe('soon');
    expect(nextAfter([waiting('only', 1)], 'only')).toBeNull();
  });

  test('take an older answer for what it is', () => {
    const order: Order = {
      orderId: 'gone',
      orderDetails: 'Chairs',
      requestedBy: 'Grace',
      isRequesterVerified: false,
      status: 'PAUSED',
      version: 3,
      createdAt: at(0),
      updatedAt: at(0),
      deadline: at(2),
      decision: null,
      history: [eventOf('gone', 3, 'PAUSED', at(2))],
    };

    expect(withOrder(rejected('gone', 2), order)).toMatchObject({
      details: 'Chairs',
      requestedBy: 'Grace',
      latest: { status: 'REJECTED' },
      decision: { kind: 'REJECTED', decidedBy: 'Ada', reason: 'Too dear' },
    });
  });
});

describe('the download', () => {
  const order: Order = {
    orderId: '-1',
    orderDetails: '=HYPERLINK("https://evil.example")\nline',
    requestedBy: ' +1',
    isRequesterVerified: false,
    version: 4,
    status: 'REJECTED',
    createdAt: at(0),
    updatedAt: at(1),
    deadline: null,
    history: [],
    decision: {
      kind: 'REJECTED',
      decidedBy: '@ada',
      isVerified: false,
      reason: 'Too dear, "really"',
      at: at(1),
    },
  };

  test('is CSV in which no cell is a formula', () => {
    const [head, ...lines] = toCsv([order]).split('\r\n');

    expect(head).toBe(
      '\uFEFForderId,orderDetails,requestedBy,status,createdAt,decision,decidedBy,isVerified,reason,decidedAt',
    );
    expect(lines.join('\r\n')).toBe(
      `"'-1","'=HYPERLINK(""https://evil.example"")\nline","' +1",REJECTED,2026-12-07T10:00:00.000Z,REJECTED,"'@ada",false,"Too dear, ""really""",2026-12-07T11:00:00.000Z\r\n`,
    );
  });

  test('is JSON as the API answers it', () => {
    expect(JSON.parse(toJson([order]))).toEqual([order]);
  });
});

test.each([
  [259_199_000, '3 days'],
  [205_200_000, '2 d 9 h'],
  [90_000_000, '1 d 1 h'],
  [86_400_000, '1 day'],
  [68_400_000, '19 h'],
  [19_200_000, '5 h 20 min'],
  [1_739_000, '28 min'],
  [121_000, '2 min'],
  [119_000, '1 min 59 s'],
  [9_000, '9 s'],
  [0, '0 s'],
])('%i ms are %j', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test.each([
  ['The workflow failed with Sandbox.Timedout.', 'A step took too long and was stopped.'],
  ['The workflow failed with States.Timeout.', 'A step took too long and was stopped.'],
  ['The workflow failed with Lambda.Unknown.', 'A step stopped because of an unexpected error.'],
  ['The workflow failed with TypeError.', 'A step stopped because of an unexpected error.'],
  ['The workflow failed with Error.', 'A step stopped because of an unexpected error.'],
  ['The warehouse is closed until Monday.', 'The warehouse is closed until Monday.'],
  [null, 'No reason was recorded.'],
])('a failure because of %j reads %j', (reason, words) => {
  expect(failureWords(reason)).toBe(words);
});
