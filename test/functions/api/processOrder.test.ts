import { describe, expect, test, vi } from 'vitest';
import { ID, decide, receive, receiveAndPause } from '../fakes/order.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { START, useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

describe('processOrder', () => {
  test('writes the request, starts the execution, and answers RECEIVED as version 1', async () => {
    const answer = await receive('ten chairs');

    expect(answer).toEqual({
      ok: {
        orderId: ID,
        orderDetails: 'ten chairs',
        requestedBy: null,
        isRequesterVerified: false,
        status: 'RECEIVED',
        version: 1,
        createdAt: START,
        updatedAt: START,
        deadline: null,
        decision: null,
        history: [
          {
            orderId: ID,
            status: 'RECEIVED',
            version: 1,
            at: START,
            reason: null,
            decidedBy: null,
            deadline: null,
            reminder: null,
          },
        ],
      },
    });
    expect(world.operations).toEqual(['create requests/order-1.json', 'start order-1']);
    expect(world.published).toEqual([]);
  });

  test('the same order again answers it as it stands now, and starts the execution again', async () => {
    await receiveAndPause();

    const again = await receive('ten chairs');

    expect(again).toMatchObject({ ok: { status: 'PAUSED', version: 3 } });
    expect(world.started).toEqual([ID, ID]);
  });

  test('starts nothing for an order that has ended, however long ago', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    world.started.length = 0;

    const again = await receive('ten chairs');

    expect(again).toMatchObject({ ok: { status: 'COMPLETED', decision: { kind: 'CONFIRMED' } } });
    expect(world.started).toEqual([]);
  });

  test.each([['other details'], [''], [null]])(
    'refuses the same id with other details: %j',
    async (orderDetails) => {
      await receive('ten chairs');

      const other = await receive(orderDetails);

      expect(other).toEqual({
        error: {
          type: 'OrderAlreadyExists',
          message: 'Order "order-1" already exists with different details.',
          info: { retryable: false },
        },
      });
    },
  );

  test('keeps the requester, and the first one stands', async () => {
    const first = await processOrder({ orderId: ID, orderDetails: 'ten chairs', requestedBy: 'Grace' });

    const again = await processOrder({ orderId: ID, orderDetails: 'ten chairs', requestedBy: 'Ada' });

    expect(first).toMatchObject({ ok: { requestedBy: 'Grace' } });
    expect(again).toMatchObject({ ok: { requestedBy: 'Grace' } });
    expect(stored('requests/order-1.json')).toMatchObject({ requestedBy: 'Grace' });
  });

  test('a lost answer to the write is found as done', async () => {
    world.around = async ({ name }, perform) => {
      if (name === 'create') perform();
      return perform();
    };

    const answer = await receive();

    expect(answer).toMatchObject({ ok: { status: 'RECEIVED', version: 1 } });
    expect(world.started).toEqual([ID]);
  });

  test('a crash between the request and its execution is made up for by the next try', async () => {
    world.around = async ({ name }, perform) => {
      if (name === 'start') throw awsIsBroken();
      return perform();
    };
    const broken = await receive();
    world.around = async (_operation, perform) => perform();

    const again = await receive();

    expect(broken).toMatchObject({ error: { type: 'InternalError', info: { retryable: true } } });
    expect(again).toMatchObject({ ok: { status: 'RECEIVED' } });
    expect(world.started).toEqual([ID]);
  });

  test('keeps lone surrogates and control characters as they are', async () => {
    const orderDetails = 'a\ud800\u0000\u2028"';

    await receive(orderDetails);

    expect(stored('requests/order-1.json')).toMatchObject({ orderDetails });
    expect(await receive(orderDetails)).toMatchObject({ ok: { orderDetails } });
  });

  test.each([
    [{ orderId: 'a/b' }, 'orderId "a/b" is not valid: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -.'],
    [
      { orderId: 'a\n' },
      String.raw`orderId "a\n" is not valid: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -.`,
    ],
    [{}, 'orderId null is not valid: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -.'],
    [
      { orderId: 'a', orderDetails: 'é'.repeat(8193) },
      `orderDetails must be at most 16384 bytes of UTF-8; got 16386: "${'é'.repeat(40)}"….`,
    ],
    [{ orderId: 'a', orderDetails: 7 }, 'orderDetails must be a string; got 7.'],
  ])('refuses %j, also when no resolver stood before it', async (input, message) => {
    const answer = await processOrder(input);

    expect(answer).toEqual({ error: { type: 'ValidationError', message, info: { retryable: false } } });
    expect(world.operations).toEqual([]);
  });
});

test('a name of the requester that is too long is refused by the name of its argument', async () => {
  const answer = await processOrder({
    orderId: ID,
    orderDetails: 'ten chairs',
    requestedBy: 'x'.repeat(257),
  });

  expect(answer).toMatchObject({ error: { message: expect.stringMatching(/^requestedBy /) } });
  expect([...world.objects]).toEqual([]);
});
