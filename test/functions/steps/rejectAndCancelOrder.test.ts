import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as cancelStep } from '../../../functions/steps/cancelOrder.ts';
import { handler as rejectStep } from '../../../functions/steps/rejectOrder.ts';
import { decide, ID, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const cancel = () => cancelOrder({ orderId: ID, decidedBy: 'Bob', reason: 'too late' });
const heard = () => world.published.map(({ version, status }) => `${version} ${status}`);
const pending = () => [...world.objects.keys()].filter((key) => key.startsWith('waiting/'));

describe('RejectOrder and CancelOrder', () => {
  test.each([
    ['REJECTED', rejectStep, () => decide(false, '')],
    ['CANCELLED', cancelStep, cancel],
  ] as const)('end the order as %s, once and for all', async (status, step, decideSo) => {
    await receiveAndPause();
    await decideSo();

    const output = await step({ orderId: ID });
    const before = world.objects.get('orders/order-1.json');
    await step({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status });
    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(heard().slice(2)).toEqual([`4 ${status}`, `4 ${status}`]);
    expect(pending()).toEqual([]);
  });

  test('the reason of a rejection is announced, also an empty one', async () => {
    await receiveAndPause();
    await decide(false, '');

    await rejectStep({ orderId: ID });

    expect(world.published.at(-1)).toMatchObject({ status: 'REJECTED', reason: '', decidedBy: 'Ada' });
  });
});
