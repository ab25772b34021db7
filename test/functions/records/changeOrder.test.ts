import { expect, test, vi } from 'vitest';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { changeOrder } from '../../../functions/records/changeOrder.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));

useFakes();

test('an order without a record is not changed, and is named in the error', async () => {
  const changing = changeOrder(parseOrderId('order-1'), (order) => ({
    ...order,
    version: order.version + 1,
  }));

  await expect(changing).rejects.toMatchObject({
    name: 'OrderNotFound',
    message: expect.stringContaining('"order-1"'),
  });
  expect([...world.objects]).toEqual([]);
});
