import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { handler as expireStep } from '../../../functions/steps/expireOrder.ts';
import { attempt, decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { DEADLINE, letPass, START, useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const CONFIRMED = { kind: 'CONFIRMED', decidedBy: 'Ada', isVerified: false, reason: 'in stock', at: START };

describe('confirmOrder and cancelOrder', () => {
  test('put the decision on record, then wake the execution, and answer the order with it', async () => {
    await receiveAndPause();
    world.operations.length = 0;

    const answer = await decide(true, 'in stock');

    expect(answer).toMatchObject({ ok: { orderId: ID, status: 'PAUSED', version: 3, decision: CONFIRMED } });
    expect(stored('decisions/order-1.json')).toEqual({ schemaVersion: 2, ...CONFIRMED });
    expect(world.operations).toEqual([
      'read orders/order-1.json',
      'create decisions/order-1.json',
      `read waiting/${DEADLINE}_order-1`,
      'answer CONFIRMED',
    ]);
    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CONFIRMED' }]);
  });

  test.each([
    ['REJECTED', () => decide(false)],
    ['CANCELLED', () => cancelOrder({ orderId: ID, decidedBy: null, reason: '' })],
  ] as const)('a decision %s is told to the execution too', async (kind, decideSo) => {
    await receiveAndPause();

    const answer = await decideSo();

    expect(answer).toMatchObject({ ok: { decision: { kind } } });
    expect(world.answered).toEqual([{ token: 'token-0', kind }]);
  });

  test('repeating a decision answers the one that stands, whatever reason comes with it', async () => {
    await receiveAndPause();
    await decide(true, 'in stock');
    await completeStep({ orderId: ID });

    const again = await decide(true, 'another reason');

    expect(again).toMatchObject({ ok: { status: 'COMPLETED', version: 5, decision: CONFIRMED } });
  });

  test('refuses another decision, and says which one stands', async () => {
    await receiveAndPause();
    await decide(true, 'in stock');

    const against = await decide(false);

    expect(against).toEqual({
      error: {
        type: 'OrderAlreadyDecided',
        message: `Order "order-1" was CONFIRMED at ${START} and can no longer be REJECTED.`,
        info: { retryable: false, decision: CONFIRMED },
      },
    });
  });

  test('the loser of a race for the record answers from the winner', async () => {
    await receiveAndPause();
    const rival = { kind: 'CANCELLED', decidedBy: null, isVerified: false, reason: 'mine', at: START };
    world.around = async ({ name, key }, perform) => {
      if (name === 'create' && key.startsWith('decisions/'))
        world.objects.set(key, { text: JSON.stringify(rival), etag: 'rival' });
      return perform();
    };

    const answer = await decide(true);

    expect(answer).toMatchObject({ error: { type: 'OrderAlreadyDecided', info: { decision: rival } } });
    expect(world.answered).toEqual([]);
  });

  test('a lost answer to the write of the decision is found as done', async () => {
    await receiveAndPause();
    world.around = async ({ key, name }, perform) => {
      if (name === 'create' && key.startsWith('decisions/')) perform();
      return perform();
    };

    const answer = await decide(true, 'in stock');

    expect(answer).toMatchObject({ ok: { decision: CONFIRMED } });
  });

  test('an early decision is kept: there is no token yet, and it looks once more before it leaves', async () => {
    await receive();

    const answer = await decide(true);

    expect(answer).toMatchObject({ ok: { status: 'RECEIVED', decision: { kind: 'CONFIRMED' } } });
    expect(world.operations.slice(-2)).toEqual(['create decisions/order-1.json', 'read orders/order-1.json']);
  });

  test('a decision that is on record is acknowledged, also when the wake-up fails', async () => {
    await receiveAndPause();
    world.around = async ({ name }, perform) => {
      if (name === 'answer') throw awsIsBroken();
      return perform();
    };

    const answer = await decide(true);

    expect(answer).toMatchObject({ ok: { decision: { kind: 'CONFIRMED' } } });
    expect(
      world.logged.filter((line) => line.includes('"message"')).map((line) => JSON.parse(line)),
    ).toContainEqual(
      expect.objectContaining({ message: 'A wake-up failed.', orderId: ID, error: 'InternalError' }),
    );
    expect(world.logged.join()).toContain('"WakeUpFailed":1');
    expect(world.logged.join()).not.toContain('token-0');
  });

  test('a token that a newer attempt replaced meanwhile is read again', async () => {
    await receiveAndPause();
    world.waiting.delete('token-0');
    letPass(24);
    world.around = async ({ name, key }, perform) => {
      if (name === 'create' && key.startsWith('decisions/')) {
        world.around = async (_operation, go) => go();
        await attempt('token-1', 1);
      }
      return perform();
    };

    await decide(true);

    expect(world.answered).toEqual([{ token: 'token-1', kind: 'CONFIRMED' }]);
  });

  test('an expired order is not confirmed any more', async () => {
    await receiveAndPause();
    letPass(72);
    await expireStep({ orderId: ID });

    const late = await decide(true);

    expect(late).toMatchObject({
      error: { type: 'OrderAlreadyDecided', info: { decision: { kind: 'EXPIRED', reason: null } } },
    });
  });

  test('an unknown order is not found, and no decision is written for it', async () => {
    const answer = await decide(true);

    expect(answer).toEqual({
      error: {
        type: 'OrderNotFound',
        message: 'Order "order-1" does not exist.',
        info: { retryable: false },
      },
    });
    expect(world.objects.size).toBe(0);
  });

  test('a claim has 256 characters at most, and an emoji is one', async () => {
    await receiveAndPause();

    const fits = await decide(true, '🎉'.repeat(256));
    const tooLong = await confirmOrder({ orderId: ID, isConfirmed: true, reason: 'x'.repeat(257) });

    expect(fits).toMatchObject({ ok: { decision: { reason: '🎉'.repeat(256) } } });
    expect(tooLong).toEqual({
      error: {
        type: 'ValidationError',
        message: `reason must be at most 256 characters; got 257: "${'x'.repeat(40)}"….`,
        info: { retryable: false },
      },
    });
  });
});
