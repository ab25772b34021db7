import { describe, expect, test, vi } from 'vitest';
import { handler as beginStep } from '../../../functions/steps/processOrder.ts';
import { ID, receive, receiveAndPause } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

describe('ProcessOrder', () => {
  test('writes versions 1 and 2 at once, and publishes version 2', async () => {
    await receive();

    const output = await beginStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID });
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'PROCESSING',
      version: 2,
      orderDetails: 'ten chairs',
      history: [
        { status: 'RECEIVED', version: 1 },
        { status: 'PROCESSING', version: 2 },
      ],
    });
    expect(world.published).toMatchObject([{ status: 'PROCESSING', version: 2 }]);
  });

  test('a second run changes nothing and publishes the same version again', async () => {
    await receive();
    await beginStep({ orderId: ID });
    const before = world.objects.get('orders/order-1.json');

    await beginStep({ orderId: ID });

    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(world.published.map(({ version }) => version)).toEqual([2, 2]);
  });

  test('a late run leaves an order alone that has gone on', async () => {
    await receiveAndPause();

    await beginStep({ orderId: ID });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED', version: 3 });
  });

  test('what AWS could not do is told under the one name that the workflow tries again', async () => {
    await receive();
    world.around = async () => {
      throw awsIsBroken();
    };

    await expect(beginStep({ orderId: ID })).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  test('an execution that nobody asked for through the API fails', async () => {
    await expect(beginStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderNotFound' });
  });
});
