import { expect, test, vi } from 'vitest';
import { FunctionNotFound } from '../../../services/lambda/lambda.ts';
import { QueueDoesNotExist } from '../../../services/sqs/errors.ts';
import { CREATED, DEAD_ARN, FUNCTION_ARN, QUEUE_ARN, ruleTo, runEvents, SECOND } from './runEvents.ts';

test('delivers an event in its envelope, a moment later', async () => {
  const { events, sent, pass } = runEvents();
  events.define(ruleTo({}));

  events.emit(CREATED);
  await pass(0);
  const atOnce = sent.length;
  await pass(SECOND);

  expect(atOnce).toBe(0);
  expect(sent).toEqual([
    {
      arn: FUNCTION_ARN,
      attributes: null,
      body: {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '111111111111',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        region: 'us-east-1',
        resources: ['arn:aws:s3:::orders'],
        detail: { object: { key: 'a' } },
      },
    },
  ]);
});

test('delivers by itself, without a push of the clock', async () => {
  const { events, sent, scheduler } = runEvents();
  events.define(ruleTo({}));
  scheduler.start();

  events.emit(CREATED);

  await vi.waitFor(() => expect(sent).toHaveLength(1), { timeout: 5000 });
});

test('delivers each event once to every target of every rule that matches', async () => {
  const { events, sent, pass } = runEvents();
  const first = ruleTo({});
  events.define({
    ...first,
    targets: [...first.targets, ...ruleTo({ id: 'queue', arn: QUEUE_ARN }).targets],
  });
  events.define(ruleTo({}, { name: 'other', pattern: { source: ['aws.ec2'] } }));
  events.define(ruleTo({}, { name: 'off', enabled: false }));

  for (let count = 0; count < 250; count += 1) events.emit(CREATED);
  for (let turn = 0; turn < 5; turn += 1) await pass(SECOND);

  expect(sent.filter(({ arn }) => arn === FUNCTION_ARN)).toHaveLength(250);
  expect(sent.filter(({ arn }) => arn === QUEUE_ARN)).toHaveLength(250);
});

test('writes nothing for an event that no rule wants', () => {
  const { events, store } = runEvents();
  events.define(ruleTo({}, { pattern: { source: ['aws.ec2'] } }));

  events.emit(CREATED);

  const row = store.database
    .prepare('SELECT (SELECT count(*) FROM events_pending) + (SELECT count(*) FROM scheduler_deadlines) AS n')
    .get();
  expect(row).toEqual({ n: 0 });
});

test('forgets an event whose transaction is rolled back', async () => {
  const { events, store, sent, pass } = runEvents();
  events.define(ruleTo({}));

  const change = () =>
    store.transact(() => {
      events.emit(CREATED);
      throw new Error('no');
    });
  expect(change).toThrow('no');
  await pass(SECOND);

  expect(sent).toEqual([]);
});

test('delivers after a crash what was emitted before', async () => {
  const first = runEvents();
  first.events.define(ruleTo({}));
  first.events.emit(CREATED);
  await first.store.settled();
  first.close();

  const second = runEvents(first.folder);
  second.events.define(ruleTo({}));
  second.scheduler.start();
  second.events.start();
  await second.pass(SECOND);

  expect(second.sent).toHaveLength(1);
});

test('tries again with growing pauses, and then tells the dead-letter queue', async () => {
  const { events, sent, pass, failWith } = runEvents();
  events.define(ruleTo({}));
  failWith(new Error('not now'));

  events.emit(CREATED);
  await pass(SECOND);
  await pass(SECOND);
  await pass(SECOND);
  const early = sent.length;
  await pass(SECOND);

  expect(early).toBe(0);
  expect(sent).toEqual([
    {
      arn: DEAD_ARN,
      body: expect.objectContaining({ source: 'aws.s3' }),
      attributes: {
        RULE_ARN: 'arn:aws:events:us-east-1:111111111111:rule/decided',
        TARGET_ARN: FUNCTION_ARN,
        ERROR_CODE: 'SDK_CLIENT_ERROR',
        ERROR_MESSAGE: 'not now',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '2',
      },
    },
  ]);
});

test('delivers on a later try', async () => {
  const { events, sent, pass, failWith } = runEvents();
  events.define(ruleTo({}));
  failWith(new Error('not now'));
  events.emit(CREATED);
  await pass(SECOND);
  failWith(null);

  await pass(2 * SECOND);

  expect(sent.map(({ arn }) => arn)).toEqual([FUNCTION_ARN]);
});

test('gives up an event that grows too old', async () => {
  const { events, sent, pass, failWith } = runEvents();
  events.define(ruleTo({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 60 }));
  failWith(new Error('not now'));

  events.emit(CREATED);
  for (let turn = 0; turn < 8; turn += 1) await pass(40 * SECOND);

  expect(sent.map(({ attributes }) => attributes)).toEqual([
    expect.objectContaining({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' }),
  ]);
});

test.each([new FunctionNotFound('Function not found: recover'), new QueueDoesNotExist()])(
  'does not try again when the target is gone (%s)',
  async (error) => {
    const { events, sent, pass, failWith } = runEvents();
    events.define(ruleTo({}));
    failWith(error);

    events.emit(CREATED);
    await pass(SECOND);

    expect(sent.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        ERROR_CODE: 'NO_RESOURCE',
        ERROR_MESSAGE: error.message,
        RETRY_ATTEMPTS: '0',
      }),
    ]);
  },
);

test('refuses a target of another kind and a pattern that cannot be, with a sentence', () => {
  const { events } = runEvents();

  expect(() => events.define(ruleTo({ arn: 'arn:aws:sns:us-east-1:111111111111:topic' }))).toThrow(
    'The rule decided has the target arn:aws:sns:us-east-1:111111111111:topic: only Lambda functions and SQS queues are supported locally.',
  );
  expect(() => events.define(ruleTo({}, { pattern: { source: [{ like: 'a' }] } }))).toThrow(
    'The event pattern of the rule decided is not valid: source uses the unknown operator like.',
  );
});

test.each([
  [{ maximumRetryAttempts: 186 }, 'MaximumRetryAttempts 186: EventBridge takes 0 to 185.'],
  [{ maximumRetryAttempts: -1 }, 'MaximumRetryAttempts -1: EventBridge takes 0 to 185.'],
  [{ maximumEventAgeSeconds: 59 }, 'MaximumEventAgeInSeconds 59: EventBridge takes 60 to 86400.'],
  [{ maximumEventAgeSeconds: 86_401 }, 'MaximumEventAgeInSeconds 86401: EventBridge takes 60 to 86400.'],
  [
    { deadLetterQueueArn: 'arn:aws:sns:us-east-1:111111111111:topic' },
    'the dead-letter queue arn:aws:sns:us-east-1:111111111111:topic, which is not an SQS queue.',
  ],
])('a target that EventBridge would refuse stops the start: %j', (target, message) => {
  const { events } = runEvents();

  expect(() => events.define(ruleTo(target))).toThrow(`The rule decided has a target with ${message}`);
});

test('a sixth target stops the start', () => {
  const { events } = runEvents();
  const targets = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((id) => ruleTo({ id }).targets);

  events.define(ruleTo({}, { targets: targets.slice(0, 5) }));

  expect(() => events.define(ruleTo({}, { targets }))).toThrow(
    'The rule decided has 6 targets: EventBridge takes 5.',
  );
});
