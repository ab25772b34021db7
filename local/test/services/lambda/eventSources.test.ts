import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { ARN } from '../sqs/serveSqs.ts';
import { MAPPING, runEventSources, untilCounts } from './runEventSources.ts';

const DEAD = ARN.replace('letters', 'dead');
const SECOND = 1000;

test('a function gets a message in the shape that Lambda documents', async () => {
  const running = await runEventSources();
  running.eventSources.start();

  const sent = await running.client.send(
    new SendMessageCommand({
      QueueUrl: running.url,
      MessageBody: 'hello',
      MessageAttributes: {
        size: { DataType: 'Number', StringValue: '5' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from('abc') },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5f' } },
    }),
  );
  const { records } = await running.batch(0);

  expect(records).toEqual([
    {
      messageId: sent.MessageId,
      receiptHandle: expect.any(String),
      body: 'hello',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: 'AKIAEXAMPLE',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        AWSTraceHeader: 'Root=1-5f',
      },
      messageAttributes: {
        size: { stringValue: '5', stringListValues: [], binaryListValues: [], dataType: 'Number' },
        bytes: { binaryValue: 'YWJj', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfMessageAttributes: sent.MD5OfMessageAttributes,
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: ARN,
      awsRegion: 'us-east-1',
    },
  ]);
});

describe('messages', () => {
  test('are gone when the function has answered, and not before', async () => {
    const running = await runEventSources();
    running.eventSources.start();
    running.sqs.send(ARN, 'one');

    const { answer } = await running.batch(0);
    const before = running.counts();
    answer('anything');

    expect(before).toEqual({ letters: 1 });
    await untilCounts(running, {});
  });

  test('that were there before the start are read, and none after the stop', async () => {
    const running = await runEventSources();
    running.sqs.send(ARN, 'early');
    await running.store.settled();
    const before = running.batches.length;
    running.eventSources.start();
    (await running.batch(0)).answer(null);
    await untilCounts(running, {});

    running.eventSources.stop();
    running.sqs.send(ARN, 'late');
    await running.store.settled();

    expect([before, running.batches.length]).toEqual([0, 1]);
  });

  test('of a batch come together, at most as many as BatchSize says', async () => {
    const running = await runEventSources({ batchSize: 3 });
    for (const body of ['1', '2', '3', '4']) running.sqs.send(ARN, body);

    running.eventSources.start();
    await running.batch(1);

    expect(running.batches.map(({ bodies }) => bodies)).toEqual([['1', '2', '3'], ['4']]);
  });

  test('of a batch have at most 6 MB together', async () => {
    const running = await runEventSources();
    for (let index = 0; index < 7; index += 1) running.sqs.send(ARN, 'x'.repeat(1_000_000));

    running.eventSources.start();
    await running.batch(1);

    expect(running.batches.map(({ bodies }) => bodies.length)).toEqual([5, 2]);
  });

  test('of a disabled mapping stay where they are', async () => {
    const running = await runEventSources({ enabled: false });
    running.sqs.send(ARN, 'one');

    running.eventSources.start();
    await running.pass(60 * SECOND);

    expect(running.batches).toEqual([]);
  });
});

describe('a mapping that is declared anew while it runs', () => {
  test('is read by its new terms, and a batch that is under way ends by its old ones', async () => {
    const running = await runEventSources({ batchSize: 1 });
    for (const body of ['1', '2', '3', '4', '5', '6', '7', '8']) running.sqs.send(ARN, body);
    running.eventSources.start();
    await running.batch(4);

    running.eventSources.define({ ...MAPPING, batchSize: 10 });
    const { bodies } = await running.batch(5);
    for (const { answer } of running.batches) answer(null);

    await untilCounts(running, {});
    expect(bodies).toEqual(['6', '7', '8']);
    expect(running.batches).toHaveLength(6);
  });

  test('and one that is removed or disabled takes nothing more', async () => {
    const running = await runEventSources();
    running.eventSources.define({ ...MAPPING, id: 'other' });
    running.eventSources.start();
    running.eventSources.remove('other');
    running.eventSources.define({ ...MAPPING, enabled: false });

    running.sqs.send(ARN, 'one');
    await running.pass(60 * SECOND);

    expect(running.batches).toEqual([]);
  });
});

describe('a delay', () => {
  test('of the queue holds a message back by the clock of the cloud, without a timer in the meantime', async () => {
    const running = await runEventSources({}, { delaySeconds: 30 });
    running.eventSources.start();
    running.sqs.send(ARN, 'one');

    await running.pass(29 * SECOND);
    const early = running.batches.length;
    await running.pass(1 * SECOND);

    expect([early, running.batches.length]).toEqual([0, 1]);
  });

  test('of a message is its own', async () => {
    const running = await runEventSources();
    running.eventSources.start();
    const Entries = [
      { Id: 'a', MessageBody: 'late', DelaySeconds: 60 },
      { Id: 'b', MessageBody: 'later', DelaySeconds: 120 },
    ];
    await running.client.send(new SendMessageBatchCommand({ QueueUrl: running.url, Entries }));

    await running.pass(60 * SECOND);
    const { bodies: first, answer } = await running.batch(0);
    answer(null);
    await untilCounts(running, { letters: 1 });
    await running.pass(60 * SECOND);

    expect(first).toEqual(['late']);
    expect((await running.batch(1)).bodies).toEqual(['later']);
  });

  test('of many messages that end a few milliseconds apart ends in one batch', async () => {
    const running = await runEventSources({}, { delaySeconds: 30 });
    running.eventSources.start();
    for (let index = 0; index < 10; index += 1) {
      running.sqs.send(ARN, String(index));
      running.clock.advance(3);
    }

    await running.pass(30 * SECOND);

    expect(running.batches.map(({ bodies }) => bodies.length)).toEqual([10]);
  });

  test('leaves nothing to do behind when it is over', async () => {
    const running = await runEventSources({}, { delaySeconds: 30 });
    running.eventSources.start();
    running.sqs.send(ARN, 'one');
    await running.pass(30 * SECOND);
    (await running.batch(0)).answer(null);
    await untilCounts(running, {});

    await running.pass(60 * SECOND);

    const planned = running.store.database
      .prepare("SELECT kind FROM scheduler_deadlines WHERE kind <> 'sqs.expiry'")
      .all();
    expect(planned).toEqual([]);
  });
});

describe('a batching window', () => {
  test('lets a batch wait for more messages, and no longer', async () => {
    const running = await runEventSources({ batchingWindowSeconds: 5 });
    running.eventSources.start();
    running.sqs.send(ARN, '1');
    await running.pass(4 * SECOND);
    running.sqs.send(ARN, '2');
    await running.store.settled();
    const early = running.batches.length;

    await running.pass(1 * SECOND);

    expect(early).toBe(0);
    expect(running.batches.map(({ bodies }) => bodies)).toEqual([['1', '2']]);
  });

  test('ends when the batch is full', async () => {
    const running = await runEventSources({ batchingWindowSeconds: 300, batchSize: 2 });
    running.eventSources.start();

    for (const body of ['1', '2', '3']) running.sqs.send(ARN, body);
    const { bodies } = await running.batch(0);

    expect(bodies).toEqual(['1', '2']);
    expect(running.batches).toHaveLength(1);
  });

  test('may have more than ten messages', async () => {
    const running = await runEventSources({ batchingWindowSeconds: 1, batchSize: 1000 });
    for (let index = 0; index < 400; index += 1) running.sqs.send(ARN, String(index));

    running.eventSources.start();
    await running.pass(1 * SECOND);

    expect(running.batches.map(({ bodies }) => bodies.length)).toEqual([400]);
  });
});

test('at most five batches run at a time, and MaximumConcurrency makes it fewer', async () => {
  const free = await runEventSources({ batchSize: 1 });
  const limited = await runEventSources({ batchSize: 1, maximumConcurrency: 2 });

  for (const running of [free, limited]) {
    for (let index = 0; index < 9; index += 1) running.sqs.send(ARN, String(index));
    running.eventSources.start();
    await running.store.settled();
  }
  await limited.batch(1);
  await free.batch(4);
  const begun = [free.batches.length, limited.batches.length];
  for (const { answer } of limited.batches) answer(null);
  await limited.batch(3);

  expect(begun).toEqual([5, 2]);
});

describe('a mapping that Lambda would refuse stops the start', () => {
  test.each([
    [{ batchSize: 0 }, 'BatchSize must be between 1 and 10000; got 0.'],
    [{ batchSize: 10_001, batchingWindowSeconds: 1 }, 'BatchSize must be between 1 and 10000; got 10001.'],
    [
      { batchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [{ batchingWindowSeconds: 301 }, 'MaximumBatchingWindowInSeconds must be between 0 and 300; got 301.'],
    [{ maximumConcurrency: 1 }, 'ScalingConfig.MaximumConcurrency must be between 2 and 1000; got 1.'],
    [{ queueArn: DEAD }, `The event source ${DEAD} is not a queue of the template.`],
    [{ functionArn: 'nobody' }, 'Function not found: nobody'],
  ])('%j', async (mapping, message) => {
    const { eventSources } = await runEventSources();

    expect(() => eventSources.define({ ...MAPPING, ...mapping })).toThrow(message);
  });

  test('a queue that would give its messages again while the function still runs', async () => {
    await expect(runEventSources({}, { visibilityTimeoutSeconds: 29 })).rejects.toThrow(
      'Queue visibility timeout: 29 seconds is less than Function timeout: 30 seconds.',
    );
  });
});
