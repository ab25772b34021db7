import { describe, expect, test, vi } from 'vitest';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { wakeUp } from '../../../functions/records/wakeUp.ts';
import { handler as rejectStep } from '../../../functions/steps/rejectOrder.ts';
import { attempt, decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const tokenOf = (token: string) => ({ token, redriveCount: 0, retryCount: 0 });
const wake = (hint: string | null) =>
  wakeUp({ orderId: parseOrderId(ID), kind: 'REJECTED', hint: hint === null ? null : tokenOf(hint) });

describe('waking an execution', () => {
  test('reads nothing when the hint arrives in time', async () => {
    await receiveAndPause();
    world.operations.length = 0;

    expect(await wake('token-0')).toBe('woken');
    expect(world.operations).toEqual(['answer REJECTED']);
  });

  test.each([
    ['without a hint', null],
    ['with one that a newer attempt has replaced', 'an older token'],
  ])('%s, the token is looked up', async (_what, hint) => {
    await receiveAndPause();

    expect(await wake(hint)).toBe('woken');
    expect(world.answered).toEqual([{ token: 'token-0', kind: 'REJECTED' }]);
  });

  test('an order that the workflow has not written yet does not wait', async () => {
    await receive();

    expect(await wake(null)).toBe('not waiting');
  });

  test('a record without a token beside it does not wait yet', async () => {
    await receiveAndPause();
    for (const key of world.objects.keys()) if (key.startsWith('waiting/')) world.objects.delete(key);

    expect(await wake(null)).toBe('not waiting');
  });

  test('a spent token is not sent twice', async () => {
    await receiveAndPause();
    world.waiting.clear();
    world.operations.length = 0;

    expect(await wake('token-0')).toBe('not waiting');
    expect(world.operations.filter((operation) => operation === 'answer REJECTED')).toHaveLength(1);
  });

  test('a token that is spent when it is found wakes nothing', async () => {
    await receiveAndPause();
    world.waiting.clear();

    expect(await wake(null)).toBe('not waiting');
  });

  test('an order that has ended has moved on', async () => {
    await receiveAndPause();
    await decide(false);
    await rejectStep({ orderId: ID });
    await attempt('late').catch(() => {});

    expect(await wake('late one')).toBe('moved on');
  });
});
