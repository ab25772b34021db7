import { describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as cancelStep } from '../../../functions/steps/cancelOrder.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { handler as expireStep } from '../../../functions/steps/expireOrder.ts';
import { handler as failStep } from '../../../functions/steps/failOrder.ts';
import { handler as rejectStep } from '../../../functions/steps/rejectOrder.ts';
import { DAY_SECONDS, decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { letPass, useFakes } from '../fakes/useFakes.ts';
import { stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const cancel = () => cancelOrder({ orderId: ID, decidedBy: 'Bob', reason: 'too late' });
const heard = () => world.published.map(({ version, status }) => `${version} ${status}`);
const pending = () => [...world.objects.keys()].filter((key) => key.startsWith('waiting/'));
const ended = () => [...world.objects.keys()].filter((key) => key.startsWith('ended/'));

describe('CompleteOrder', () => {
  test('confirms and completes, each as a version of its own, and takes the order off the worklist', async () => {
    await receiveAndPause();
    await decide(true, 'in stock');

    const output = await completeStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'COMPLETED' });
    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED']);
    expect(world.published[2]).toMatchObject({ decidedBy: 'Ada', reason: 'in stock', deadline: null });
    expect(stored('orders/order-1.json')).toMatchObject({ deadline: null, decision: { kind: 'CONFIRMED' } });
    expect(pending()).toEqual([]);
  });

  test('a second run changes nothing and publishes the same versions again', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    const before = world.objects.get('orders/order-1.json');

    const output = await completeStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'COMPLETED' });
    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(heard().slice(-2)).toEqual(['4 CONFIRMED', '5 COMPLETED']);
  });

  test('writes both versions at once where no work comes in between', async () => {
    await receiveAndPause();
    await decide(true);
    world.operations.length = 0;

    await completeStep({ orderId: ID });

    expect(world.operations.filter((operation) => operation.includes('orders/'))).toEqual([
      'read orders/order-1.json',
      'replace orders/order-1.json',
    ]);
  });

  test('a second run makes up for what a crash after the write has left undone', async () => {
    await receiveAndPause();
    await decide(true);
    let isDead = false;
    world.around = async ({ name, key }, perform) => {
      if (isDead) throw new Error('dead');
      isDead = name === 'replace' && key.startsWith('orders/');
      return perform();
    };
    await completeStep({ orderId: ID }).catch(() => {});
    world.around = async (_operation, perform) => perform();
    world.published.length = 0;

    await completeStep({ orderId: ID });

    expect(heard()).toEqual(['4 CONFIRMED', '5 COMPLETED']);
    expect(pending()).toEqual([]);
    expect(ended()).toHaveLength(1);
  });

  test('makes up for a pause that the workflow never wrote', async () => {
    await receive();
    await decide(true);

    await completeStep({ orderId: ID });

    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED']);
  });

  test('completes nothing without a decision on record', async () => {
    await receiveAndPause();

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'DecisionMissing' });
    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED' });
  });

  test('completes nothing against the decision on record', async () => {
    await receiveAndPause();
    await decide(false);

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'DecisionMissing' });
  });
});

describe('RejectOrder and CancelOrder', () => {
  test.each([
    ['REJECTED', rejectStep, () => decide(false, '')],
    ['CANCELLED', cancelStep, cancel],
  ] as const)('end the order as %s, once and for all', async (status, step, decideSo) => {
    await receiveAndPause();
    await decideSo();

    const output = await step({ orderId: ID });
    const before = world.objects.get('orders/order-1.json');
    await step({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status });
    expect(world.objects.get('orders/order-1.json')).toBe(before);
    expect(heard().slice(2)).toEqual([`4 ${status}`, `4 ${status}`]);
    expect(pending()).toEqual([]);
  });

  test('the reason of a rejection is announced, also an empty one', async () => {
    await receiveAndPause();
    await decide(false, '');

    await rejectStep({ orderId: ID });

    expect(world.published.at(-1)).toMatchObject({ status: 'REJECTED', reason: '', decidedBy: 'Ada' });
  });
});

describe('ExpireOrder', () => {
  test('decides and ends the order as EXPIRED; a second run changes nothing', async () => {
    await receiveAndPause();
    letPass(72);

    const output = await expireStep({ orderId: ID });
    const before = structuredClone([...world.objects]);
    await expireStep({ orderId: ID });

    expect(output).toEqual({ orderId: ID, status: 'EXPIRED' });
    expect([...world.objects]).toEqual(before);
    expect(stored('decisions/order-1.json')).toMatchObject({
      kind: 'EXPIRED',
      decidedBy: null,
      reason: null,
    });
    expect(heard().slice(2)).toEqual(['4 EXPIRED', '4 EXPIRED']);
  });

  test.each([
    ['OrderConfirmed', () => decide(true)],
    ['OrderRejected', () => decide(false)],
    ['OrderCancelled', cancel],
  ] as const)('obeys a decision that came first: %s', async (name, decideSo) => {
    await receiveAndPause();
    await decideSo();
    letPass(72);

    await expect(expireStep({ orderId: ID })).rejects.toMatchObject({ name });
    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED' });
  });

  test.each([
    ['a moment', 72 - 1 / 3600],
    ['less than an interval', 49],
  ])('waits for a deadline that is %s ahead, and says so in the log', async (_what, hours) => {
    await receiveAndPause();
    letPass(hours);

    const early = expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    await expect(early).rejects.toMatchObject({ name: 'DeadlineAhead' });
    expect(stored('decisions/order-1.json')).toBeNull();
    expect(world.logged.join()).toContain('A wait ended before its deadline.');
  });

  test('an order with more than an interval left expires: its settings have changed since', async () => {
    await receiveAndPause();
    letPass(47);

    await expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'EXPIRED' });
  });

  test('waits for a deadline that is a whole interval ahead, and logs how long', async () => {
    await receiveAndPause();
    letPass(48);

    const early = expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS });

    await expect(early).rejects.toMatchObject({
      name: 'DeadlineAhead',
      message: `Order "order-1" has ${DAY_SECONDS * 1000} ms left.`,
    });
    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ orderId: ID, leftMs: DAY_SECONDS * 1000 }),
    );
  });

  test('obeys a decision also before the deadline', async () => {
    await receiveAndPause();
    await decide(true);
    letPass(71.99);

    await expect(expireStep({ orderId: ID, reminderSeconds: DAY_SECONDS })).rejects.toMatchObject({
      name: 'OrderConfirmed',
      message: 'Order "order-1" is CONFIRMED; it does not expire.',
    });
  });

  test('an order that has failed does not expire', async () => {
    await receiveAndPause();
    await failStep({ orderId: ID, error: 'Lambda.Unknown', cause: null }).catch(() => {});

    await expect(expireStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderFailed' });
  });

  test('an order that never paused expires all the same, without a gap in its versions', async () => {
    await receive();
    letPass(72);

    await expireStep({ orderId: ID });

    expect(heard()).toEqual(['2 PROCESSING', '3 PAUSED', '4 EXPIRED']);
  });
});

describe('FailOrder', () => {
  const fail = (error: string | null) => failStep({ orderId: ID, error, cause: 'token-0 at arn:aws:lambda' });

  test.each([
    ['before the workflow has written anything', receive, 2],
    ['while it is paused', receiveAndPause, 4],
  ] as const)('ends an order as FAILED %s, and fails the execution', async (_when, until, version) => {
    await until();

    await expect(fail('Lambda.Timeout')).rejects.toMatchObject({ name: 'OrderFailed' });

    const reason = 'The workflow failed with Lambda.Timeout.';
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      version,
      decision: { kind: 'FAILED', reason },
    });
    expect(world.published.at(-1)).toMatchObject({ status: 'FAILED', version, reason });
    expect(pending()).toEqual([]);
  });

  test.each([
    ['Lambda.Unknown', 'Lambda.Unknown'],
    [null, 'an error without a name'],
    ['', 'an error without a name'],
    ['an error with arn:aws:lambda', 'an error without a name'],
    ['{"token": 1} Error', 'an error without a name'],
  ])('names the error %j as %s, in the log and for the alarms', async (error, name) => {
    await receiveAndPause();

    await expect(fail(error)).rejects.toMatchObject({ message: `Order "order-1" failed with ${name}.` });
    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'An order failed.', orderId: ID, error: name }),
    );
  });

  test('shows the message of no other error than WorkRefused', async () => {
    await receiveAndPause();
    const cause = JSON.stringify({ errorMessage: 'an internal' });

    await failStep({ orderId: ID, error: 'WorkFailed', cause }).catch(() => {});

    expect(stored('decisions/order-1.json')).toMatchObject({
      reason: 'The workflow failed with WorkFailed.',
    });
  });

  test('a refusal without a cause has the name of its error', async () => {
    await receiveAndPause();

    await failStep({ orderId: ID, error: 'WorkRefused', cause: null }).catch(() => {});

    expect(stored('decisions/order-1.json')).toMatchObject({
      reason: 'The workflow failed with WorkRefused.',
    });
  });

  test('a decision that stands stays, and the order fails in plain sight', async () => {
    await receiveAndPause();
    await decide(true);

    await expect(fail('Error')).rejects.toMatchObject({ name: 'OrderFailed' });

    expect(stored('decisions/order-1.json')).toMatchObject({ kind: 'CONFIRMED' });
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      decision: { kind: 'CONFIRMED' },
    });
  });

  test('an order that has ended stays as it is', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });

    await expect(fail('Error')).rejects.toMatchObject({ name: 'OrderFailed' });

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED', version: 5 });
  });

  test('says nothing of the cause, which may hold internals', async () => {
    await receiveAndPause();

    await expect(fail('an odd {name}')).rejects.toMatchObject({ name: 'OrderFailed' });

    const said = JSON.stringify([
      [...world.objects].filter(([key]) => !key.startsWith('waiting/')),
      world.published,
      world.logged,
    ]);
    expect(said).not.toMatch(/token-0|arn:|odd/);
  });

  test('no step revives an order that has failed', async () => {
    await receiveAndPause();
    await decide(true);
    await fail('Error').catch(() => {});

    await expect(completeStep({ orderId: ID })).rejects.toMatchObject({ name: 'OrderFailed' });
  });
});
