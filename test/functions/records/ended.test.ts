import { expect, test, vi } from 'vitest';
import { receiveOrder } from '../../../functions/order/orderRequest.ts';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { listAsEnded } from '../../../functions/records/ended.ts';
import { START, useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));

useFakes();

test('an order that has not ended is not put on the list of those that have', async () => {
  await listAsEnded(receiveOrder({ orderId: parseOrderId('order-1'), at: START }));

  expect([...world.objects]).toEqual([]);
});
