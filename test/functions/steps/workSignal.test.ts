import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkRefused } from '../../../functions/order/work.ts';
import { receiveOrder, orderOf } from '../../../functions/order/orderRequest.ts';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { doWork } from '../../../functions/steps/doWork.ts';
import { stepping } from '../../../functions/steps/stepping.ts';
import { workSignal } from '../../../functions/steps/workSignal.ts';

const order = orderOf(
  receiveOrder({ orderId: parseOrderId('order-1'), at: '2026-01-01T00:00:00.000Z' }),
  null,
);
const logged: string[] = [];

beforeEach(() => {
  logged.length = 0;
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation((line) => void logged.push(String(line)));
});
afterEach(() => vi.useRealTimers());

test('the signal comes two seconds before Lambda would end the function', () => {
  const { signal } = workSignal({ getRemainingTimeInMillis: () => 30_000 });

  vi.advanceTimersByTime(27_999);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError', message: 'This step ran out of time.' });
});

test.each([[undefined], [null], ['a text'], [{}], [{ getRemainingTimeInMillis: 5 }]])(
  'a call without the context of Lambda (%j) has the fifteen minutes that Lambda allows',
  (context) => {
    const { signal } = workSignal(context);

    vi.advanceTimersByTime(15 * 60_000 - 2001);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  },
);

test('a signal that is cleared leaves no timer behind', () => {
  const { clear } = workSignal({ getRemainingTimeInMillis: () => 30_000 });

  clear();

  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['ends', async () => 'done'],
  ['fails', async () => Promise.reject(new Error('no'))],
])('a step that %s leaves no timer behind', async (_how, step) => {
  await stepping(step)({ orderId: 'order-1' }).catch(() => {});

  expect(vi.getTimerCount()).toBe(0);
});

test('a step that AWS fails keeps the error of AWS as its cause, for the logs', async () => {
  const broken = Object.assign(new Error('broken'), {
    name: 'InternalError',
    $metadata: { httpStatusCode: 500 },
  });

  await expect(stepping(() => Promise.reject(broken))({ orderId: 'order-1' })).rejects.toMatchObject({
    name: 'ServiceUnavailable',
    cause: broken,
  });
});

// S3 and Step Functions name it so. CloudFormation changes a function and its policy side by side.
test.each(['AccessDenied', 'AccessDeniedException'])(
  'a step that AWS answers %s is tried again: a deployment may bring its permission after its code',
  async (name) => {
    const denied = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 403 } });

    await expect(stepping(() => Promise.reject(denied))({ orderId: 'order-1' })).rejects.toMatchObject({
      name: 'ServiceUnavailable',
    });
  },
);

test('work does not begin when its time is over already', async () => {
  const work = vi.fn<() => Promise<void>>(async () => {});

  await expect(doWork(work, order, AbortSignal.abort(new Error('too late')))).rejects.toMatchObject({
    name: 'WorkFailed',
    cause: { message: 'too late' },
  });
  expect(work).not.toHaveBeenCalled();
});

test('a failure of work is logged with the order and the name of the error, without its message', async () => {
  const fails = async () => {
    throw new RangeError('a secret');
  };

  await expect(doWork(fails, order, new AbortController().signal)).rejects.toMatchObject({
    name: 'WorkFailed',
    cause: { name: 'RangeError' },
  });
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'Own work failed.', orderId: 'order-1', error: 'RangeError' },
  ]);
  expect(logged.join()).not.toContain('a secret');
});

test('a refusal passes as it is, and is not logged as a failure', async () => {
  const refuses = async () => {
    throw new WorkRefused('no stock');
  };

  await expect(doWork(refuses, order, new AbortController().signal)).rejects.toBeInstanceOf(WorkRefused);
  expect(logged).toEqual([]);
});
