import { describe, expect, test, vi } from 'vitest';
import { handler as beginStep } from '../../../functions/steps/processOrder.ts';
import { ID, receive } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

describe('ProcessOrder without work before the approval', () => {
  test('asks AWS for nothing: PROCESSING is written together with PAUSED', async () => {
    await receive();
    world.operations.length = 0;

    const output = await beginStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID });
    expect(world.operations).toEqual([]);
  });
});
