import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeTargets } from '../support/describeTargets.ts';
import { follow, pausedOrder } from '../support/follow.ts';
import { ask, cancelOrder, confirmOrder, order, pendingOrders, processOrder } from '../support/graphql.ts';

describeTargets('order approval', ({ outputs }) => {
  test('a confirmed order goes from PROCESSING over PAUSED and CONFIRMED to COMPLETED, every version in sequence', async () => {
    const orderId = randomUUID();
    const live = await follow(outputs(), orderId);

    const received = await processOrder(outputs(), { orderId, orderDetails: 'ten chairs' });
    await live.until('PAUSED');
    const confirmed = await confirmOrder(outputs(), {
      orderId,
      isConfirmed: true,
      decidedBy: 'Ada',
      reason: 'in stock',
    });
    await live.until('COMPLETED');

    expect(received.data?.processOrder).toMatchObject({
      orderId,
      status: 'RECEIVED',
      version: 1,
      orderDetails: 'ten chairs',
    });
    expect(confirmed.data?.confirmOrder?.decision).toMatchObject({
      kind: 'CONFIRMED',
      decidedBy: 'Ada',
      reason: 'in stock',
    });
    expect(live.events.map(({ version, status }) => [version, status])).toEqual([
      [2, 'PROCESSING'],
      [3, 'PAUSED'],
      [4, 'CONFIRMED'],
      [5, 'COMPLETED'],
    ]);
    expect(live.events[1]).toMatchObject({ reminder: 0, deadline: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  test('the history of an order holds version 1 too, and each event as it was announced', async () => {
    const { orderId, live } = await pausedOrder(outputs());

    const paused = await order(outputs(), orderId);

    expect(paused?.history.map(({ version, status }) => [version, status])).toEqual([
      [1, 'RECEIVED'],
      [2, 'PROCESSING'],
      [3, 'PAUSED'],
    ]);
    expect(paused?.history.slice(1)).toEqual(live.events);
    expect(paused?.orderDetails).toBeNull();
  });

  test('a rejected order ends as REJECTED with its reason', async () => {
    const { orderId, live } = await pausedOrder(outputs());

    await confirmOrder(outputs(), { orderId, isConfirmed: false, decidedBy: 'Bob', reason: 'too dear' });
    const rejected = await live.until('REJECTED');

    expect(rejected).toMatchObject({ version: 4, reason: 'too dear', decidedBy: 'Bob' });
  });

  test('a cancelled order ends as CANCELLED', async () => {
    const { orderId, live } = await pausedOrder(outputs());

    const cancelled = await cancelOrder(outputs(), { orderId, reason: '' });
    const event = await live.until('CANCELLED');

    expect(cancelled.data?.cancelOrder?.decision).toMatchObject({
      kind: 'CANCELLED',
      reason: '',
      decidedBy: null,
    });
    expect(event).toMatchObject({ version: 4, reason: '' });
  });

  test('a decision that arrives before the pause is kept and applied', async () => {
    const orderId = randomUUID();
    const live = await follow(outputs(), orderId);

    await processOrder(outputs(), { orderId });
    const early = await confirmOrder(outputs(), { orderId, isConfirmed: true });
    await live.until('COMPLETED');

    expect(early.errors).toBeUndefined();
    expect(early.data?.confirmOrder?.decision?.kind).toBe('CONFIRMED');
  });

  test('the same decision twice answers the one that stands; another one is refused and names it', async () => {
    const { orderId, live } = await pausedOrder(outputs());

    await confirmOrder(outputs(), { orderId, isConfirmed: true, reason: 'first' });
    const again = await confirmOrder(outputs(), { orderId, isConfirmed: true, reason: 'second' });
    const against = await confirmOrder(outputs(), { orderId, isConfirmed: false });
    await live.until('COMPLETED');

    expect(again.data?.confirmOrder?.decision?.reason).toBe('first');
    expect(against.data).toEqual({ confirmOrder: null });
    expect(against.errors?.[0]).toMatchObject({
      errorType: 'OrderAlreadyDecided',
      errorInfo: { retryable: false, decision: { kind: 'CONFIRMED', reason: 'first' } },
      message: expect.stringContaining(orderId),
    });
    expect(live.events.map(({ status }) => status)).not.toContain('REJECTED');
  });

  test('many deciders at once make one decision, and all get the same answer', async () => {
    const { orderId, live } = await pausedOrder(outputs());

    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const decide = () => confirmOrder(outputs(), { orderId, isConfirmed: index % 2 === 0 });
        let answer = await decide();
        while (answer.errors?.[0]?.errorInfo?.retryable === true) answer = await decide(); // a new account throttles
        return answer;
      }),
    );
    const end = await Promise.race([live.until('COMPLETED'), live.until('REJECTED')]);

    const kinds = answers.map(
      ({ data, errors }) => data?.confirmOrder?.decision?.kind ?? errors?.[0]?.errorInfo?.decision?.kind,
    );
    expect(new Set(kinds).size).toBe(1);
    expect(end.status).toBe(kinds[0] === 'CONFIRMED' ? 'COMPLETED' : 'REJECTED');
  });

  test('the same order twice is one order; the same id with other details is refused', async () => {
    const { orderId } = await pausedOrder(outputs(), { orderDetails: 'one' });

    const again = await processOrder(outputs(), { orderId, orderDetails: 'one' });
    const other = await processOrder(outputs(), { orderId, orderDetails: 'two' });

    expect(again.data?.processOrder).toMatchObject({ status: 'PAUSED', version: 3 });
    expect(other.errors?.[0]).toMatchObject({
      errorType: 'OrderAlreadyExists',
      errorInfo: { retryable: false },
    });
  });

  test('an order without an id gets a UUID, and can be read right after the answer', async () => {
    const received = await processOrder(outputs(), { orderDetails: 'no id' });
    const { orderId = '' } = received.data?.processOrder ?? {};

    const found = await order(outputs(), orderId);

    expect(orderId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(found?.orderDetails).toBe('no id');
  });

  test('an unknown order is null to a query and OrderNotFound to a decision', async () => {
    const orderId = randomUUID();

    const found = await order(outputs(), orderId);
    const confirmed = await confirmOrder(outputs(), { orderId, isConfirmed: true });

    expect(found).toBeNull();
    expect(confirmed.errors?.[0]).toMatchObject({
      errorType: 'OrderNotFound',
      message: expect.stringContaining(orderId),
    });
  });

  test.each([
    ['an id with a slash', { orderId: '../x' }],
    ['an empty id', { orderId: '' }],
    ['an id of 65 characters', { orderId: 'x'.repeat(65) }],
    ['an id with a line feed', { orderId: 'a\n' }],
    ['details of more than 16 KiB', { orderDetails: 'é'.repeat(8193) }],
  ])('%s is refused with a sentence that names it', async (_what, input) => {
    const answer = await processOrder(outputs(), input);

    expect(answer.data).toEqual({ processOrder: null });
    expect(answer.errors?.[0]).toMatchObject({
      errorType: 'ValidationError',
      errorInfo: { retryable: false },
    });
  });

  test('details come back byte for byte', async () => {
    const orderDetails = `"'\\<script>&\u0000\u2028 👩‍💻 \r\n${'é'.repeat(8000)}`;

    const received = await processOrder(outputs(), { orderDetails });
    const found = await order(outputs(), received.data?.processOrder?.orderId ?? '');

    expect(found?.orderDetails).toBe(orderDetails);
  });

  test('a forged status is refused to an API key', async () => {
    const forged = await ask(
      outputs(),
      'mutation { publishOrderStatus(input: {orderId: "a", status: COMPLETED, version: 9, at: "2026-01-01T00:00:00Z"}) { orderId } }',
    );

    expect(forged.errors?.[0]).toMatchObject({
      errorType: 'Unauthorized',
      message: 'Not Authorized to access publishOrderStatus on type Mutation',
    });
  });

  test('a wrong key is refused', async () => {
    const response = await fetch(outputs().GraphQLUrl, {
      method: 'POST',
      headers: { 'x-api-key': 'da2-00000000000000000000000000' },
      body: JSON.stringify({ query: '{ pendingOrders { nextToken } }' }),
    });

    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ errorType: 'UnauthorizedException' }] });
  });

  test('the worklist shows paused orders, the nearest deadline first, page by page, and forgets decided ones', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const live = await follow(outputs());
    for (const orderId of ids) {
      await processOrder(outputs(), { orderId });
      await live.until('PAUSED', orderId);
    }

    const seen: string[] = [];
    const mine: readonly string[] = ids;
    let nextToken: string | null = null;
    do {
      const page = await pendingOrders(outputs(), { limit: 2, nextToken });
      seen.push(...(page.data?.pendingOrders.items.map(({ orderId }) => orderId) ?? []));
      nextToken = page.data?.pendingOrders.nextToken ?? null;
    } while (nextToken !== null);
    for (const orderId of ids) await cancelOrder(outputs(), { orderId });
    for (const orderId of ids) await live.until('CANCELLED', orderId);
    const after = await pendingOrders(outputs(), { limit: 100 });

    expect(seen.filter((id) => mine.includes(id))).toEqual(ids);
    expect(after.data?.pendingOrders.items.some(({ orderId }) => mine.includes(orderId))).toBe(false);
  });
});
