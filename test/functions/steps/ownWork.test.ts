import { describe, expect, test, vi } from 'vitest';
import { WorkRefused, type Work } from '../../../functions/order/work.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { handler as failStep } from '../../../functions/steps/failOrder.ts';
import { handler as beginStep } from '../../../functions/steps/processOrder.ts';
import type { Order } from '../../../schema.generated.ts';
import { attempt, decide, ID, receive } from '../fakes/order.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

const own = vi.hoisted(() => ({
  seen: [] as unknown[],
  work: (async () => {}) as (...all: unknown[]) => unknown,
}));
const run: Work = async (order: Order, signal: AbortSignal) => {
  own.seen.push(order);
  world.operations.push('own work');
  await own.work(order, signal);
};

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));
vi.mock('../../../functions/work/beforeApproval.ts', () => ({
  beforeApproval: (...all: Parameters<Work>) => run(...all),
}));
vi.mock('../../../functions/work/afterApproval.ts', () => ({
  afterApproval: (...all: Parameters<Work>) => run(...all),
}));

useFakes();

const heard = () => world.published.map(({ version, status }) => `${version} ${status}`);
const works = (work: (...all: unknown[]) => unknown = async () => {}) => {
  own.seen.length = 0;
  own.work = work;
};
const fails = (error: unknown) =>
  works(async () => {
    throw error;
  });

async function pauseAndConfirm(): Promise<void> {
  works();
  await receive();
  await beginStep({ orderId: ID });
  await attempt('token-0');
  await decide(true);
  works();
}

describe('work before the approval', () => {
  test('begins when PROCESSING is written and published, with the details of the order', async () => {
    works();
    await receive();
    world.operations.length = 0;

    const output = await beginStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID });
    expect(world.operations).toEqual([
      'read requests/order-1.json',
      'create orders/order-1.json',
      'publish order-1 2 PROCESSING',
      'own work',
    ]);
    expect(own.seen).toMatchObject([{ orderId: ID, orderDetails: 'ten chairs', status: 'PROCESSING' }]);
    expect(stored('orders/order-1.json')).not.toHaveProperty('orderDetails');
  });

  test('runs again in a second run, which publishes the same version', async () => {
    works();
    await receive();
    await beginStep({ orderId: ID });

    await beginStep({ orderId: ID });

    expect(own.seen).toHaveLength(2);
    expect(heard()).toEqual(['2 PROCESSING', '2 PROCESSING']);
  });

  test('leaves an order alone that has gone on', async () => {
    works();
    await receive();
    await beginStep({ orderId: ID });
    await attempt('token-0');

    await beginStep({ orderId: ID });

    expect(own.seen).toHaveLength(1);
    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED', version: 3 });
  });

  test('the pause is a write of its own', async () => {
    works();
    await receive();
    await beginStep({ orderId: ID });
    world.operations.length = 0;

    await attempt('token-0');

    expect(world.operations).not.toContain('create orders/order-1.json');
    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED']);
  });

  test.each([[new Error('no stock')], [awsIsBroken()], ['text']])(
    'an error (%s) is WorkFailed, which the workflow tries again, and its message goes nowhere',
    async (error) => {
      fails(error);
      await receive();

      await expect(beginStep({ orderId: ID })).rejects.toMatchObject({
        name: 'WorkFailed',
        message: 'Own work failed.',
      });
      expect(world.logged.join()).not.toContain('no stock');
    },
  );

  test('gets a signal when its time ends, and is left behind if it does not listen', async () => {
    const signals: AbortSignal[] = [];
    works((_order, signal) => {
      if (signal instanceof AbortSignal) signals.push(signal);
      return new Promise(() => {});
    });
    await receive();

    const step = beginStep({ orderId: ID }, { getRemainingTimeInMillis: () => 2010 });

    await expect(step).rejects.toMatchObject({ name: 'WorkFailed' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('an order that was not placed through the API fails', async () => {
    await expect(beginStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderNotFound' });
  });

  test('what AWS could not do has the one name that the workflow tries again', async () => {
    await receive();
    world.around = async () => {
      throw awsIsBroken();
    };

    await expect(beginStep({ orderId: ID })).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });
});

describe('work after the approval', () => {
  test('begins when CONFIRMED is written and published, and COMPLETED follows it', async () => {
    await pauseAndConfirm();
    world.operations.length = 0;

    const output = await completeStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'COMPLETED' });
    expect(world.operations.filter((operation) => !/read|waiting|ended/.test(operation))).toEqual([
      'replace orders/order-1.json',
      'publish order-1 4 CONFIRMED',
      'own work',
      'replace orders/order-1.json',
      'publish order-1 5 COMPLETED',
    ]);
    expect(own.seen).toMatchObject([{ orderDetails: 'ten chairs', status: 'CONFIRMED' }]);
  });

  test('that fails twice and then succeeds ends the order as COMPLETED', async () => {
    await pauseAndConfirm();
    works(() => (own.seen.length < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()));

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'WorkFailed' });
    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'WorkFailed' });
    await completeStep({ orderId: ID });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
    expect(heard().slice(2)).toEqual(['4 CONFIRMED', '4 CONFIRMED', '4 CONFIRMED', '5 COMPLETED']);
  });

  test('does not run again for an order that is completed', async () => {
    await pauseAndConfirm();
    await completeStep({ orderId: ID });

    await completeStep({ orderId: ID });

    expect(own.seen).toHaveLength(1);
    expect(heard().slice(-2)).toEqual(['4 CONFIRMED', '5 COMPLETED']);
  });

  test('that refuses ends the order with its message as the reason; the decision stands', async () => {
    await pauseAndConfirm();
    fails(new WorkRefused('The supplier has gone out of business.'));

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'WorkRefused' });
    const cause = JSON.stringify({
      errorType: 'WorkRefused',
      errorMessage: 'The supplier has gone out of business.',
      trace: ['WorkRefused: at secret.ts'],
    });
    await failStep({ orderId: ID, error: 'WorkRefused', cause }).catch(() => {});

    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      decision: { kind: 'CONFIRMED' },
      history: [{}, {}, {}, {}, { status: 'FAILED', reason: 'The supplier has gone out of business.' }],
    });
  });

  test.each([
    ['a long message is cut', JSON.stringify({ errorMessage: '🎉'.repeat(300) }), '🎉'.repeat(256)],
    ['a cause that is not JSON is not shown', 'cut in the mid', 'The workflow failed with WorkRefused.'],
  ])('%s', async (_what, cause, reason) => {
    await receive();

    await failStep({ orderId: ID, error: 'WorkRefused', cause }).catch(() => {});

    expect(stored('decisions/order-1.json')).toMatchObject({ kind: 'FAILED', reason });
  });
});

test('with work before the approval, PROCESSING is told before it and not again with the pause', async () => {
  works();
  await receive();
  await beginStep({ orderId: ID });
  await attempt('token-0');

  expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED']);
});
