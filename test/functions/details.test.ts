import { expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../functions/api/cancelOrder.ts';
import { handler as order } from '../../functions/api/order.ts';
import { handler as processOrder } from '../../functions/api/processOrder.ts';
import { handler as recordsCreated } from '../../functions/recovery/recordsCreated.ts';
import { handler as cancelStep } from '../../functions/steps/cancelOrder.ts';
import { handler as completeStep } from '../../functions/steps/completeOrder.ts';
import { handler as expireStep } from '../../functions/steps/expireOrder.ts';
import { handler as failStep } from '../../functions/steps/failOrder.ts';
import { handler as rejectStep } from '../../functions/steps/rejectOrder.ts';
import { batchOf, createdBody } from './fakes/messages.ts';
import { attempt, decide, ID, receiveAndPause } from './fakes/order.ts';
import { letPass, useFakes } from './fakes/useFakes.ts';
import { stored, world } from './fakes/world.ts';

vi.mock('../../functions/aws/objects.ts', () => import('./fakes/objects.ts'));
vi.mock('../../functions/aws/executions.ts', () => import('./fakes/executions.ts'));
vi.mock('../../functions/records/publishStatus.ts', () => import('./fakes/publishStatus.ts'));

useFakes();

const fail = () => failStep({ orderId: ID, error: 'Lambda.Unknown', cause: '' }).catch(() => {});

test.each([
  ['completed', async () => (await decide(true), await completeStep({ orderId: ID }))],
  ['rejected', async () => (await decide(false), await rejectStep({ orderId: ID }))],
  ['cancelled', async () => (await cancelOrder({ orderId: ID }), await cancelStep({ orderId: ID }))],
  ['expired', async () => (letPass(72), await expireStep({ orderId: ID }))],
  ['failed', fail],
] as const)('an order that is %s has the details with which it was placed', async (_how, end) => {
  await receiveAndPause();
  const request = world.objects.get('requests/order-1.json');

  const other = await processOrder({ orderId: ID, orderDetails: 'eleven chairs', requestedBy: 'Mallory' });
  await attempt('token-1', 1);
  await recordsCreated(batchOf(createdBody('requests/order-1.json')));
  await end();
  const again = await processOrder({ orderId: ID, orderDetails: 'eleven chairs' });

  expect(other).toMatchObject({ error: { type: 'OrderAlreadyExists' } });
  expect(again).toMatchObject({ error: { type: 'OrderAlreadyExists' } });
  expect(world.objects.get('requests/order-1.json')).toBe(request);
  expect(stored('orders/order-1.json')).not.toHaveProperty('orderDetails');
  expect(await order({ orderId: ID })).toMatchObject({
    ok: { orderDetails: 'ten chairs', requestedBy: null },
  });
});
