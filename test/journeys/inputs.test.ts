import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeTargets } from '../support/describeTargets.ts';
import { ask, cancelOrder, confirmOrder, order, pendingOrders, processOrder } from '../support/graphql.ts';

const KIB = 1024;
const EMOJI = '😀'; // one character, two of JavaScript's, four bytes

describeTargets('what an order may be made of', ({ outputs }) => {
  test.each([
    ['64 characters', `${'x'.repeat(28)}${randomUUID()}`],
    ['one character', '-'],
    ['a name of JavaScript', '__proto__'],
    ['another one', 'constructor'],
    ['and one that objects have', 'hasOwnProperty'],
    ['digits alone', '0'],
  ])('an id of %s is an order like any other', async (_what, orderId) => {
    const answer = await processOrder(outputs(), { orderId });

    const found = await order(outputs(), orderId);

    expect(answer.errors).toBeUndefined();
    expect(answer.data?.processOrder?.orderId).toBe(orderId);
    expect(found?.history[0]).toMatchObject({ orderId, version: 1, status: 'RECEIVED' });
  });

  test.each([
    ['__proto__ unknown to a decision', 'toString'],
    ['valueOf', 'valueOf'],
  ])('%s is no order as long as nobody has processed it', async (_what, orderId) => {
    expect(await order(outputs(), orderId)).toBeNull();
    const answer = await cancelOrder(outputs(), { orderId });
    expect(answer.errors?.[0]?.errorType).toBe('OrderNotFound');
  });

  test.each([
    ['65 characters', 'x'.repeat(65)],
    ['no character', ''],
    ['a space', 'a b'],
    ['a dot', '../requests/x'],
    ['a letter with an accent', 'é'],
    ['an emoji', EMOJI],
    ['a line feed at the end', 'a\n'],
    ['a line separator at the end', 'a\u2028'],
    ['NUL', 'a\u0000'],
    ['half a character', 'a\ud800'],
  ])('an id of %s is refused by every field with a sentence that names it', async (_what, orderId) => {
    const answers = await Promise.all([
      processOrder(outputs(), { orderId }),
      confirmOrder(outputs(), { orderId, isConfirmed: true }),
      cancelOrder(outputs(), { orderId }),
      ask(outputs(), 'query ($orderId: ID!) { order(orderId: $orderId) { version } }', { orderId }),
    ]);

    for (const { errors } of answers) {
      expect(errors).toHaveLength(1);
      expect(errors?.[0]).toMatchObject({ errorType: 'ValidationError', errorInfo: { retryable: false } });
      expect(errors?.[0]?.message).toMatch(/^orderId ".*is not valid: use 1 to 64 /s);
      expect(errors?.[0]?.message).toContain(JSON.stringify(orderId).slice(0, 30));
    }
  });

  test.each([
    ['letters', 'x'.repeat(16 * KIB)],
    ['letters of two bytes', 'é'.repeat(8 * KIB)],
    ['letters of three bytes', `${'€'.repeat(5461)}x`],
    ['emoji', EMOJI.repeat(4 * KIB)],
  ])('16 KiB of %s are kept byte for byte, and one byte more is refused', async (_what, orderDetails) => {
    const received = await processOrder(outputs(), { orderDetails });
    const found = await order(outputs(), received.data?.processOrder?.orderId ?? '');
    const refused = await processOrder(outputs(), { orderDetails: `${orderDetails}x` });

    expect(received.data?.processOrder?.orderDetails).toBe(orderDetails);
    expect(found?.orderDetails).toBe(orderDetails);
    expect(refused.errors?.[0]).toMatchObject({
      errorType: 'ValidationError',
      errorInfo: { retryable: false },
      message: expect.stringMatching(/^orderDetails must be at most 16384 bytes of UTF-8; got 16385: /),
    });
  });

  test.each([
    ['nothing in it', ''],
    ['JSON', '{"__proto__": {"a": 1}}'],
    ['control characters', '\u0000\u0001\u0007\u001b\u007f\u0085'],
    ['line ends of every kind', 'a\r\nb\nc\rd\u2028e\u2029f\u0085'],
    ['families and flags', '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪e\u0301'],
    ['marks of direction and order', '\ufeff\u200b\u202eabc\u202c'],
    ['half a character', 'a\ud83d'],
    ['the other half', '\ude00a'],
    ['what looks like code', '${x} {% $states.input %} <script>alert(1)</script> \\u0000 %00'],
  ])('a text with %s comes back as it was, wherever it stands', async (_what, text) => {
    const orderId = randomUUID();

    const received = await processOrder(outputs(), { orderId, orderDetails: text });
    const decided = await cancelOrder(outputs(), { orderId, reason: text, decidedBy: text });
    const found = await order(outputs(), orderId);

    expect(received.data?.processOrder?.orderDetails).toBe(text);
    expect(decided.data?.cancelOrder?.decision).toMatchObject({ reason: text, decidedBy: text });
    expect(found).toMatchObject({ orderDetails: text, decision: { reason: text, decidedBy: text } });
  });

  test.each([
    ['letters', 'x'],
    ['letters with accents', 'é'],
    ['emoji', EMOJI],
    ['line feeds', '\n'],
  ])('a reason and a name have 256 %s at most', async (_what, character) => {
    const orderId = randomUUID();
    const [longest, tooLong] = [character.repeat(256), character.repeat(257)];
    await processOrder(outputs(), { orderId });

    const refused = await Promise.all([
      confirmOrder(outputs(), { orderId, isConfirmed: false, reason: tooLong }),
      confirmOrder(outputs(), { orderId, isConfirmed: false, decidedBy: tooLong }),
      cancelOrder(outputs(), { orderId, reason: tooLong }),
      cancelOrder(outputs(), { orderId, decidedBy: tooLong }),
    ]);
    const accepted = await confirmOrder(outputs(), {
      orderId,
      isConfirmed: false,
      reason: longest,
      decidedBy: longest,
    });

    for (const { data, errors } of refused) {
      expect(Object.values(data ?? {})).toEqual([null]);
      expect(errors?.[0]).toMatchObject({
        errorType: 'ValidationError',
        message: expect.stringMatching(/^(reason|decidedBy) must be at most 256 characters; got ".*\.$/s),
      });
    }
    expect(accepted.data?.confirmOrder?.decision).toMatchObject({ reason: longest, decidedBy: longest });
  });

  test('no details and details that are null are the same; an empty text is another one', async () => {
    const orderId = randomUUID();

    const omitted = await processOrder(outputs(), { orderId });
    const ofNull = await processOrder(outputs(), { orderId, orderDetails: null });
    const empty = await processOrder(outputs(), { orderId, orderDetails: '' });

    expect(omitted.data?.processOrder?.orderDetails).toBeNull();
    expect(ofNull.errors).toBeUndefined();
    expect(empty.errors?.[0]?.errorType).toBe('OrderAlreadyExists');
  });

  test('an id that is null is made, like one that is missing; a number is its digits', async () => {
    const made = await processOrder(outputs(), { orderId: null });
    const number = Math.floor(Math.random() * 1e9);
    const numbered = await ask<{ processOrder: { orderId: string } }>(
      outputs(),
      `mutation { processOrder(input: {orderId: ${number}}) { orderId } }`,
    );

    expect(made.data?.processOrder?.orderId).toMatch(/^[0-9a-f-]{36}$/);
    expect(numbered.data?.processOrder?.orderId).toBe(String(number));
  });

  test.each([
    ['isConfirmed is missing', 'mutation { confirmOrder(input: {orderId: "a"}) { version } }'],
    [
      'isConfirmed is null',
      'mutation { confirmOrder(input: {orderId: "a", isConfirmed: null}) { version } }',
    ],
    [
      'isConfirmed is a text',
      'mutation { confirmOrder(input: {orderId: "a", isConfirmed: "true"}) { version } }',
    ],
    ['the id is missing', 'mutation { cancelOrder(input: {}) { version } }'],
    ['there is a member too many', 'mutation { cancelOrder(input: {orderId: "a", token: "x"}) { version } }'],
    ['the details are a number', 'mutation { processOrder(input: {orderDetails: 5}) { version } }'],
    ['the input is missing', 'mutation { processOrder { version } }'],
  ])('a request is refused before anything happens when %s', async (_what, query) => {
    const answer = await ask(outputs(), query);

    expect(answer.data ?? null).toBeNull();
    expect(answer.errors).toHaveLength(1);
  });

  test.each([
    ['a limit of 0', { limit: 0 }, 'limit must be between 1 and 100; got 0.'],
    ['a limit of -1', { limit: -1 }, 'limit must be between 1 and 100; got -1.'],
    ['a limit of 101', { limit: 101 }, 'limit must be between 1 and 100; got 101.'],
    [
      'an empty token',
      { nextToken: '' },
      'nextToken "" is not valid: pass the nextToken of the previous page unchanged.',
    ],
    [
      'a token of one letter',
      { nextToken: 'a' },
      'nextToken "a" is not valid: pass the nextToken of the previous page unchanged.',
    ],
    [
      'the token of another folder',
      { nextToken: Buffer.from('../tokens/x').toString('base64url') },
      'nextToken "Li4vdG9rZW5zL3g" is not valid: pass the nextToken of the previous page unchanged.',
    ],
    [
      'a token with a space',
      { nextToken: 'a b' },
      'nextToken "a b" is not valid: pass the nextToken of the previous page unchanged.',
    ],
  ])('the worklist refuses %s', async (_what, variables, message) => {
    const answer = await pendingOrders(outputs(), variables);

    expect(answer.data).toBeNull();
    expect(answer.errors?.[0]).toMatchObject({
      errorType: 'ValidationError',
      errorInfo: { retryable: false },
      message,
    });
  });

  test.each([{ limit: 1 }, { limit: 100 }, { limit: null }, { nextToken: null }, {}])(
    'the worklist takes %o',
    async (variables) => {
      const answer = await pendingOrders(outputs(), variables);

      expect(answer.errors).toBeUndefined();
      expect(Array.isArray(answer.data?.pendingOrders.items)).toBe(true);
    },
  );
});
