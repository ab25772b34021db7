import type { Context } from '@aws-appsync/utils';
import { describe, expect, test, vi } from 'vitest';
import * as cancelOrder from '../../resolvers/Mutation.cancelOrder.ts';
import * as confirmOrder from '../../resolvers/Mutation.confirmOrder.ts';
import * as processOrder from '../../resolvers/Mutation.processOrder.ts';
import * as publishOrderStatus from '../../resolvers/Mutation.publishOrderStatus.ts';
import * as order from '../../resolvers/Query.order.ts';
import * as endedOrders from '../../resolvers/Query.endedOrders.ts';
import * as pendingOrders from '../../resolvers/Query.pendingOrders.ts';
import * as onOrderStatus from '../../resolvers/Subscription.onOrderStatus.ts';

vi.mock('@aws-appsync/utils', () => import('./fakeUtils.ts'));

const NO_ID = 'is not valid: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -.';

/** A context as AppSync hands it out, as far as the resolvers look at it. */
function contextOf<Args>(
  args: Args,
  result: unknown = null,
  error?: { message: string; type: string },
): Context<Args> {
  return {
    args,
    arguments: args,
    result,
    ...(error === undefined ? {} : { error }),
    env: {},
    identity: null,
    stash: {},
    prev: { result: null },
    request: { headers: {}, domainName: null },
    info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
  };
}

const input = <Input>(fields: Input) => contextOf({ input: fields });
const refusal = (message: string) => ({ message, type: 'ValidationError', info: { retryable: false } });
const heardOf = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    return error;
  }
};

describe('what goes to the function', () => {
  test('an order without an id gets a UUID', () => {
    const [first, second] = [{}, { orderId: null }].map(
      (fields) => processOrder.request(input(fields)).payload,
    );

    const made = {
      orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      orderDetails: null,
      requestedBy: null,
      person: null,
    };
    expect([first, second]).toEqual([made, made]);
    expect(first).not.toEqual(second);
  });

  test('an empty text stays one, and an absent text is null', () => {
    const fields = { orderId: 'a', isConfirmed: false, reason: '' };

    expect(confirmOrder.request(input(fields))).toEqual({
      operation: 'Invoke',
      payload: {
        orderId: 'a',
        isConfirmed: false,
        decidedBy: null,
        reason: '',
        person: null,
        showsRequest: false,
      },
    });
    expect(cancelOrder.request(input({ orderId: 'a', decidedBy: '' })).payload).toEqual({
      orderId: 'a',
      decidedBy: '',
      reason: null,
      person: null,
      showsRequest: false,
    });
    expect(processOrder.request(input({ orderId: 'a', orderDetails: '' })).payload).toEqual({
      orderId: 'a',
      orderDetails: '',
      requestedBy: null,
      person: null,
    });
  });

  test('the longest texts fit: 16 KiB of UTF-8, and 256 characters of any kind', () => {
    const details = 'é'.repeat(8192);
    const claims = { decidedBy: '👩'.repeat(256), reason: '\n'.repeat(256) };

    expect(processOrder.request(input({ orderId: 'a', orderDetails: details })).payload).toMatchObject({
      orderDetails: details,
    });
    expect(cancelOrder.request(input({ orderId: 'a', ...claims })).payload).toMatchObject(claims);
  });

  test.each([
    ['{ orderId decision { kind } }', false],
    ['{ orderDetails }', true],
    ['{ who: requestedBy }', true],
    ['{ isRequesterVerified }', true],
    ['{ ...OrderFields }', true],
  ])('an answer that selects %s reads the request: %s', (selectionSetGraphQL, showsRequest) => {
    const selecting = <Asked extends { readonly info: object }>(context: Asked) => ({
      ...context,
      info: { ...context.info, selectionSetGraphQL },
    });
    const decision = selecting(input({ orderId: 'a', isConfirmed: true }));

    expect(confirmOrder.request(decision).payload).toMatchObject({ showsRequest });
    expect(order.request(selecting(contextOf({ orderId: 'a' }))).payload).toMatchObject({ showsRequest });
  });

  test.each([
    ['pendingOrders', pendingOrders],
    ['endedOrders', endedOrders],
  ])('a page of %s has 20 orders unless the caller asks for another number', (_name, { request }) => {
    expect(request(contextOf({})).payload).toEqual({ limit: 20, nextToken: null });
    expect(request(contextOf({ limit: 100, nextToken: 'abc' })).payload).toEqual({
      limit: 100,
      nextToken: 'abc',
    });
  });

  test.each(['a', 'A-Za-z0-9_-', 'x'.repeat(64)])('%s is an id', (orderId) => {
    const payload = { orderId, showsRequest: false };
    expect(order.request(contextOf({ orderId }))).toEqual({ operation: 'Invoke', payload });
  });
});

describe('what a resolver refuses', () => {
  test.each([
    ['', `orderId "" ${NO_ID}`],
    ['../x', `orderId "../x" ${NO_ID}`],
    ['a\n', String.raw`orderId "a\n" ${NO_ID}`],
    ['ä', `orderId "ä" ${NO_ID}`],
    ['x'.repeat(65), `orderId "${'x'.repeat(40)}"… ${NO_ID}`],
  ])('the id %j, by every field', (orderId, message) => {
    const requests = [
      () => processOrder.request(input({ orderId })),
      () => confirmOrder.request(input({ orderId, isConfirmed: true })),
      () => cancelOrder.request(input({ orderId })),
      () => order.request(contextOf({ orderId })),
      () => onOrderStatus.request(contextOf({ orderId })),
    ];

    for (const request of requests) expect(heardOf(request)).toMatchObject(refusal(message));
  });

  test.each([
    ['é'.repeat(8193), `orderDetails must be at most 16384 bytes of UTF-8; got 16386: "${'é'.repeat(40)}"….`],
    [
      'x'.repeat(16_385),
      `orderDetails must be at most 16384 bytes of UTF-8; got 16385: "${'x'.repeat(40)}"….`,
    ],
  ])('too many details', (orderDetails, message) => {
    expect(heardOf(() => processOrder.request(input({ orderDetails })))).toMatchObject(refusal(message));
  });

  test('requestedBy of more than 256 characters', () => {
    const message = `requestedBy must be at most 256 characters; got "${'x'.repeat(40)}"….`;

    expect(heardOf(() => processOrder.request(input({ requestedBy: 'x'.repeat(257) })))).toMatchObject(
      refusal(message),
    );
  });

  test.each(['decidedBy', 'reason'])('%s of more than 256 characters', (name) => {
    const fields = { orderId: 'a', isConfirmed: true, [name]: '👩'.repeat(257) };
    const message = `${name} must be at most 256 characters; got "${'👩'.repeat(20)}"….`;

    expect(heardOf(() => confirmOrder.request(input(fields)))).toMatchObject(refusal(message));
    expect(heardOf(() => cancelOrder.request(input(fields)))).toMatchObject(refusal(message));
  });

  test.each([
    [{ limit: 0 }, 'limit must be between 1 and 100; got 0.'],
    [{ limit: 101 }, 'limit must be between 1 and 100; got 101.'],
    [{ limit: -1 }, 'limit must be between 1 and 100; got -1.'],
    [{ nextToken: '' }, 'nextToken "" is not valid: pass the nextToken of the previous page unchanged.'],
    [
      { nextToken: 'a b' },
      'nextToken "a b" is not valid: pass the nextToken of the previous page unchanged.',
    ],
  ])('the page %j', (args, message) => {
    for (const { request } of [pendingOrders, endedOrders])
      expect(heardOf(() => request(contextOf(args)))).toMatchObject(refusal(message));
  });
});

describe('what comes back', () => {
  const inputs = { input: { orderId: 'a', isConfirmed: true } };
  const answers = [
    (result: unknown) => processOrder.response(contextOf(inputs, result)),
    (result: unknown) => confirmOrder.response(contextOf(inputs, result)),
    (result: unknown) => cancelOrder.response(contextOf(inputs, result)),
    (result: unknown) => order.response(contextOf({ orderId: 'a' }, result)),
  ];

  test('the value of the function is the value of the field', () => {
    for (const answer of answers) expect(answer({ ok: { orderId: 'a' } })).toEqual({ orderId: 'a' });
    expect(order.response(contextOf({ orderId: 'a' }, { ok: null }))).toBeNull();
  });

  test('a typed error of the function becomes a GraphQL error, with its information', () => {
    const decision = { kind: 'CONFIRMED', decidedBy: null, reason: null, at: '2026-01-01T00:00:00.000Z' };
    const error = { type: 'OrderAlreadyDecided', message: 'Too late.', info: { retryable: false, decision } };

    for (const answer of answers)
      expect(heardOf(() => answer({ error }))).toMatchObject({
        message: 'Too late.',
        type: 'OrderAlreadyDecided',
        info: { retryable: false, decision },
      });
  });

  test('a function that crashed becomes an InternalError that says nothing of its inside', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const crash = { message: 'at arn:aws:lambda:us-east-1', type: 'Lambda:Unhandled' };

    const heard = heardOf(() => pendingOrders.response(contextOf({}, null, crash)));

    expect(heard).toMatchObject({ type: 'InternalError', info: { retryable: true } });
    expect(String(heard)).toMatch(/in the logs under id [0-9a-f-]{36}\.$/);
    expect(String(heard)).not.toContain('arn:');
    expect(JSON.stringify(log.mock.calls)).not.toContain('arn:');
    log.mockRestore();
  });

  test('a function that Lambda throttled may be asked again', () => {
    const crash = { message: 'Rate exceeded', type: 'Lambda:TooManyRequestsException' };

    expect(heardOf(() => order.response(contextOf({ orderId: 'a' }, null, crash)))).toMatchObject({
      type: 'Throttled',
      info: { retryable: true },
    });
  });
});

describe('live status', () => {
  test('what is published is what subscribers get', () => {
    const event = { orderId: 'a', status: 'PAUSED', version: 3, at: '2026-01-01T00:00:00.000Z' } as const;

    expect(publishOrderStatus.request(input(event))).toEqual({ payload: event });
    expect(publishOrderStatus.response(contextOf({ input: event }, event))).toEqual(event);
  });

  test.each([[{}], [{ orderId: null }], [{ orderId: 'a' }]])('%j can be followed', (args) => {
    expect(onOrderStatus.request(contextOf(args))).toEqual({ payload: null });
    expect(onOrderStatus.response()).toBeNull();
  });
});
