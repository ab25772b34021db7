import { expect, it } from 'vitest';
import {
  InternalError,
  OrderAlreadyDecided,
  OrderAlreadyExists,
  Throttled,
  Unauthorized,
  Unreachable,
  ValidationError,
} from '../../client/countersign.ts';
import { scriptedClient } from './support/client.ts';

const DECISION = {
  kind: 'REJECTED',
  decidedBy: 'Ada',
  isVerified: false,
  reason: 'Too dear',
  at: '2026-01-01T00:00:00.000Z',
};

const refusal = (errorType: string, errorInfo: unknown = null) =>
  JSON.stringify({ data: null, errors: [{ path: ['confirmOrder'], errorType, errorInfo, message: 'No.' }] });

async function callRefusedWith(status: number, body: string): Promise<unknown> {
  const { client } = await scriptedClient({ cuts: () => false, request: () => ({ status, body }) });
  return client.confirmOrder({ orderId: 'a', isConfirmed: true }).catch((error: unknown) => error);
}

it.each([
  ['ValidationError', 200, refusal('ValidationError'), ValidationError],
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

it('gives the decision that stands when somebody else decided first', async () => {
  const error = await callRefusedWith(
    200,
    refusal('OrderAlreadyDecided', { retryable: false, decision: DECISION }),
  );

  expect(error).toBeInstanceOf(OrderAlreadyDecided);
  expect(error).toMatchObject({ type: 'OrderAlreadyDecided', retryable: false, decision: DECISION });
});

it('says that a lost answer may be asked for again', async () => {
  const { client } = await scriptedClient({ cuts: (point) => point === 'answer' });

  await expect(client.processOrder({ orderId: 'a' })).rejects.toMatchObject({
    type: 'Unreachable',
    retryable: true,
  });
});

it('gives up a call when its signal says so', async () => {
  const { client } = await scriptedClient();

  await expect(client.order('a', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});

it('answers null for an order that is not there', async () => {
  const { client } = await scriptedClient();

  expect(await client.order('nobody')).toBeNull();
});

it('never shows the key in an error', async () => {
  const error = await callRefusedWith(401, refusal('UnauthorizedException'));

  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('da2-');
});
