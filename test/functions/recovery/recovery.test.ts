import { describe, expect, test, vi } from 'vitest';
import { handler as executionEnded } from '../../../functions/recovery/executionEnded.ts';
import { handler as recordsCreated } from '../../../functions/recovery/recordsCreated.ts';
import { handler as completeStep } from '../../../functions/steps/completeOrder.ts';
import { batchOf, createdBody, endedBody } from '../fakes/messages.ts';
import { decide, ID, receive, receiveAndPause } from '../fakes/order.ts';
import { DEADLINE, useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const REQUEST = createdBody('requests/order-1.json');
const DECISION = createdBody('decisions/order-1.json');
const LINE = `waiting/${DEADLINE}_order-1`;
const DONE = { batchItemFailures: [] };

async function without(name: string, action: () => Promise<unknown>): Promise<unknown> {
  world.around = async (operation, perform) => {
    if (operation.name === name) throw awsIsBroken();
    return perform();
  };
  const answer = await action();
  world.around = async (_operation, perform) => perform();
  return answer;
}

describe('what a crash left undone', () => {
  test('a request without an execution is started', async () => {
    await without('start', () => receive());

    expect(await recordsCreated(batchOf(REQUEST))).toEqual(DONE);
    expect(world.started).toEqual([ID]);
  });

  test('sends the execution a decision whose wake-up was lost', async () => {
    await receiveAndPause();
    await without('answer', () => decide(true));

    await recordsCreated(batchOf(DECISION));
    await recordsCreated(batchOf(DECISION));

    expect(world.answered).toEqual([{ token: 'token-0', kind: 'CONFIRMED' }]);
  });

  test('an early decision waits for its token', async () => {
    await receive();
    await decide(true);

    expect(await recordsCreated(batchOf(DECISION))).toEqual(DONE);
    expect(world.answered).toEqual([]);
  });

  test('an order that is well costs one read, for its request and its decision together', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });
    world.operations.length = 0;

    expect(await recordsCreated(batchOf(REQUEST, DECISION, REQUEST))).toEqual(DONE);
    expect(world.operations).toEqual(['read orders/order-1.json']);
  });

  test.each([
    [
      'a notification without its object',
      recordsCreated,
      { Records: [{}] },
      createdBody('requests/order-1.json'),
    ],
    ['an event of another shape', executionEnded, { detail: { name: 5 } }, endedBody('order-1', 'FAILED')],
  ])('%s comes again alone: the others of its batch are handled', async (_what, handler, broken, good) => {
    await without('start', () => receive());
    const batch = batchOf(broken, good);

    const answer = await handler(batch);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: batch.Records[0]?.messageId }] });
  });

  test('only the messages come again that could not be handled', async () => {
    await receiveAndPause();
    await without('answer', () => decide(true));
    const batch = batchOf(createdBody('requests/order-2.json'), DECISION, REQUEST);

    const answer = await without('answer', () => recordsCreated(batch));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }, { itemIdentifier: 'm3' }] });
    expect(world.logged.join()).toContain('A message could not be handled.');
  });

  test.each([
    ['the test event of S3', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'records' }],
    ['a token of version 1', createdBody('tokens/order-1.json')],
    ['an id with a slash', createdBody('requests/a/b.json')],
    ['no id', createdBody('requests/.json')],
    ['an id that S3 had to encode', createdBody('requests/a%2Fb.json')],
    ['a text', 'hello'],
    ['nothing', null],
  ])('%s is done without a call', async (_what, body) => {
    expect(await recordsCreated(batchOf(body))).toEqual(DONE);
    expect(world.operations).toEqual([]);
  });
});

describe('what the net counts and leaves alone', () => {
  const resumed = () => world.logged.filter((line) => line.includes('DecisionsResumed')).length;

  test('a resumed decision is counted, and one that needs nothing is not', async () => {
    await receiveAndPause();
    await without('answer', () => decide(true));

    await recordsCreated(batchOf(DECISION));
    expect(resumed()).toBe(1);
    await recordsCreated(batchOf(DECISION));
    expect(resumed()).toBe(1);
  });

  test('a request of an order that waits resumes nothing', async () => {
    await receiveAndPause();
    await without('answer', () => decide(true));

    await recordsCreated(batchOf(REQUEST));

    expect(world.answered).toEqual([]);
  });

  test('a decision that is gone is done', async () => {
    await receiveAndPause();

    expect(await recordsCreated(batchOf(DECISION))).toEqual(DONE);
    expect(world.answered).toEqual([]);
  });

  test('a request that is gone starts nothing', async () => {
    expect(await recordsCreated(batchOf(REQUEST))).toEqual(DONE);
    expect(world.started).toEqual([]);
  });

  test.each(['decisions/order-1.json.bak', 'old/decisions/order-1.json', 'decisions/a b.json', 'decision'])(
    'the object %s is none of the net',
    async (key) => {
      expect(await recordsCreated(batchOf(createdBody(key)))).toEqual(DONE);
      expect(world.operations).toEqual([]);
    },
  );
});

describe('an execution that ended without a step that could close its order', () => {
  test.each(['FAILED', 'ABORTED', 'TIMED_OUT'])('closes the order once when it is %s', async (status) => {
    await receiveAndPause();

    await executionEnded(batchOf(endedBody(ID, status), endedBody(ID, status)));
    await executionEnded(batchOf(endedBody(ID, status)));

    const reason = `The execution ended as ${status}.`;
    expect(stored('orders/order-1.json')).toMatchObject({
      status: 'FAILED',
      decision: { kind: 'FAILED', reason },
    });
    expect(world.published.filter((event) => event.status === 'FAILED')).toMatchObject([
      { version: 4, reason },
    ]);
    expect([...world.objects.keys()].some((key) => key.startsWith('waiting/'))).toBe(false);
  });

  test('leaves a completed order alone', async () => {
    await receiveAndPause();
    await decide(true);
    await completeStep({ orderId: ID });

    await executionEnded(batchOf(endedBody(ID, 'FAILED')));

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'COMPLETED' });
  });

  test.each([
    [ID, 'SUCCEEDED'],
    ['by hand', 'FAILED'],
    ['unknown', 'ABORTED'],
    ['a/b', 'ABORTED'],
  ])('writes nothing for the execution %j that is %s', async (name, status) => {
    expect(await executionEnded(batchOf(endedBody(name, status), null))).toEqual(DONE);
    expect(world.objects.size).toBe(0);
  });

  test('comes again when AWS was broken', async () => {
    await receiveAndPause();

    const answer = await without('read', () => executionEnded(batchOf(endedBody(ID, 'ABORTED'))));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  test.each([
    ['nothing', null],
    ['a text', 'detail'],
    ['an object without a detail', {}],
    ['an order that succeeded', endedBody(ID, 'SUCCEEDED')],
  ])('%s ends nothing, and is done without a call', async (_what, body) => {
    expect(await executionEnded(batchOf(body))).toEqual(DONE);
    expect(world.operations).toEqual([]);
  });

  test('leaves an order alone whose execution succeeded', async () => {
    await receiveAndPause();

    await executionEnded(batchOf(endedBody(ID, 'SUCCEEDED')));

    expect(stored('orders/order-1.json')).toMatchObject({ status: 'PAUSED' });
  });

  test('makes up for the lists that the step that ended the order did not reach', async () => {
    await receiveAndPause();
    await decide(true);
    await without('remove', () => without('mark', () => completeStep({ orderId: ID })).catch(() => {}));
    for (const key of world.objects.keys()) if (key.startsWith('ended/')) world.objects.delete(key);
    world.objects.set(LINE, { text: '{}', etag: 'e' });
    const decisions = world.operations.filter((operation) =>
      operation.startsWith('create decisions/'),
    ).length;

    await executionEnded(batchOf(endedBody(ID, 'FAILED')));

    expect(world.objects.has(LINE)).toBe(false);
    expect([...world.objects.keys()].filter((key) => key.startsWith('ended/'))).toHaveLength(1);
    expect(world.operations.filter((operation) => operation.startsWith('create decisions/'))).toHaveLength(
      decisions,
    );
  });
});

describe('what the logs say of a message', () => {
  const lines = () => world.logged.map((line): unknown => JSON.parse(line));
  const CONTEXT = { awsRequestId: 'request-1' };

  test('that could not be handled: its order, the error and the invocation', async () => {
    await without('start', () => receive());
    world.logged.length = 0;

    const answer = await without('start', () => recordsCreated(batchOf(REQUEST), CONTEXT));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(lines()).toContainEqual(
      expect.objectContaining({
        message: 'A message could not be handled.',
        orderId: ID,
        error: 'InternalError',
        correlationId: 'request-1',
      }),
    );
  });

  test('that is not JSON: nothing, and it does not come again', async () => {
    const answer = await recordsCreated({ Records: [{ messageId: 'm1', body: 'hello' }] });

    expect(answer).toEqual(DONE);
    expect(world.operations).toEqual([]);
  });
});
