import { describe, expect, test } from 'vitest';
import {
  InternalError,
  NotAllowed,
  OrderAlreadyDecided,
  OrderAlreadyExists,
  Throttled,
  Unauthorized,
  Unreachable,
  ValidationError,
} from '../../client/countersign.ts';
import { scriptedClient } from './support/client.ts';
import { eventOf, orderOf, type Point } from './support/scriptedAppSync.ts';

const DECISION = {
  kind: 'REJECTED',
  decidedBy: 'Ada',
  isVerified: false,
  reason: 'Too dear',
  at: '2026-01-01T00:00:00.000Z',
};

const ORDER = orderOf([eventOf('a', 1)]);

const refusal = (errorType: string, errorInfo: unknown = null) =>
  JSON.stringify({ data: null, errors: [{ path: ['confirmOrder'], errorType, errorInfo, message: 'No.' }] });

async function callRefusedWith(status: number, body: string): Promise<unknown> {
  const { client } = await scriptedClient({ cuts: () => false, request: () => ({ status, body }) });
  return client.confirmOrder({ orderId: 'a', isConfirmed: true }).catch((error: unknown) => error);
}

test.each([
  ['ValidationError', 200, refusal('ValidationError'), ValidationError],
  ['NotAllowed', 200, refusal('NotAllowed'), NotAllowed],
  ['OrderAlreadyExists', 200, refusal('OrderAlreadyExists'), OrderAlreadyExists],
  ['Throttled', 200, refusal('Throttled', { retryable: true }), Throttled],
  ['InternalError', 200, refusal('InternalError'), InternalError],
  ["AppSync's own Unauthorized", 200, refusal('Unauthorized'), Unauthorized],
  ['a wrong key', 401, refusal('UnauthorizedException'), Unauthorized],
  ['too many wrong keys', 429, '{}', Throttled],
  ['a broken gateway', 502, '<html>', Unreachable],
  ['an answer that is no GraphQL', 200, '[]', InternalError],
])('throws a typed error for %s', async (_name, status, body, expected) => {
  expect(await callRefusedWith(status, body)).toBeInstanceOf(expected);
});

test('gives the decision that stands when another caller decided first', async () => {
  const error = await callRefusedWith(
    200,
    refusal('OrderAlreadyDecided', { retryable: false, decision: DECISION }),
  );

  expect(error).toBeInstanceOf(OrderAlreadyDecided);
  expect(error).toMatchObject({ type: 'OrderAlreadyDecided', retryable: false, decision: DECISION });
});

test('says that a request whose answer was lost may be repeated', async () => {
  const { client } = await scriptedClient({ cuts: (point) => point === 'answer' });

  await expect(client.processOrder({ orderId: 'a' })).rejects.toMatchObject({
    type: 'Unreachable',
    retryable: true,
  });
});

test('gives up a call when its signal says so', async () => {
  const { client } = await scriptedClient();

  await expect(client.order('a', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});

test('answers null for an order that is not there', async () => {
  const { client } = await scriptedClient();

  expect(await client.order('nobody')).toBeNull();
});

test('never shows the key in an error', async () => {
  const error = await callRefusedWith(401, refusal('UnauthorizedException'));

  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('da2-');
});

test.each([
  [
    'a document that does not fit the schema',
    200,
    '{"data":null,"errors":[{"path":null,"locations":[],"message":"Validation error of type FieldUndefined"}]}',
  ],
  ['a request that is not GraphQL', 400, '{"errors":[{"errorType":"MalformedHttpRequestException"}]}'],
])('throws a ValidationError for %s', async (_name, status, body) => {
  expect(await callRefusedWith(status, body)).toBeInstanceOf(ValidationError);
});

test('does not blame the caller when a field of the answer is missing', async () => {
  const message = "Cannot return null for non-nullable type: 'Int'";
  const body = JSON.stringify({ data: null, errors: [{ path: ['confirmOrder', 'version'], message }] });

  expect(await callRefusedWith(200, body)).toBeInstanceOf(InternalError);
});

test.each([
  ['an order without a version', { orderId: 'a' }],
  ['a status that no order has', { ...ORDER, status: 'ARCHIVED' }],
  ['a list in the place of a status', { ...ORDER, status: ['PAUSED'] }],
  ['an event without a time', { ...ORDER, history: [{ ...eventOf('a', 1), at: null }] }],
  ['nothing', null],
])('does not hand on %s', async (_name, order) => {
  const error = await callRefusedWith(200, JSON.stringify({ data: { confirmOrder: order } }));

  expect(error).toBeInstanceOf(InternalError);
});

describe('a call with retries', () => {
  const losing = (times: number) => {
    let losses = 0;
    return { cuts: (point: Point) => point === 'answer' && losses++ < times };
  };

  test('repeats a mutation that lost its answer, with the same id for the same order', async () => {
    const ids: unknown[] = [];
    const { client } = await scriptedClient({
      ...losing(2),
      request: ({ variables }) => {
        const { orderId } = variables['input'] as { orderId: string };
        ids.push(orderId);
        return { status: 200, body: JSON.stringify({ data: { processOrder: { ...ORDER, orderId } } }) };
      },
    });

    const { orderId } = await client.processOrder({ orderDetails: 'Chairs' }, { retries: 2 });

    expect(orderId).toMatch(/^[0-9-]{20,43}$/);
    expect(ids).toEqual([orderId, orderId, orderId]);
  });

  test('throws the last error when there are no more', async () => {
    const { client, server } = await scriptedClient(losing(3));

    await expect(client.order('a', { retries: 2 })).rejects.toMatchObject({ type: 'Unreachable' });
    expect(server.queries()).toBe(3);
  });

  test('does not repeat a request that would be refused again', async () => {
    const { client, server } = await scriptedClient({
      cuts: () => false,
      request: () => ({ status: 200, body: refusal('OrderNotFound') }),
    });

    await expect(client.cancelOrder({ orderId: 'a' }, { retries: 9 })).rejects.toMatchObject({
      type: 'OrderNotFound',
    });
    expect(server.queries()).toBe(1);
  });

  test('stops waiting for the next try when its signal says so', async () => {
    const { client } = await scriptedClient({ cuts: (point) => point === 'answer' }, { isRetrying: false });
    const stopping = new AbortController();

    const call = client.order('a', { retries: Infinity, signal: stopping.signal });
    stopping.abort(new Error('enough'));

    await expect(call).rejects.toThrow('enough');
  });

  test('lets the API name an order that is not sent again', async () => {
    const inputs: unknown[] = [];
    const { client } = await scriptedClient({
      cuts: () => false,
      request: ({ variables }) => {
        inputs.push(variables['input']);
        return { status: 200, body: JSON.stringify({ data: { processOrder: ORDER } }) };
      },
    });

    await client.processOrder({ orderDetails: 'Chairs' });

    expect(inputs).toEqual([{ orderDetails: 'Chairs' }]);
  });
});
