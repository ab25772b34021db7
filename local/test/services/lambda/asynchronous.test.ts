import { expect, test, vi } from 'vitest';
import type { HttpRequest } from '../../../wire/httpMessage.ts';
import { definitionOf, invokeRequest, QUEUE_ARN, runLambda, type RunningLambda } from './runLambda.ts';

const MINUTE = 60_000;
/** Counts its invocations in the log, and fails as long as the event says so. */
const COUNTING = `exports.handler = async ({ failures = 0 }, context) => {
    globalThis.count = (globalThis.count ?? 0) + 1;
    console.log('run', globalThis.count, context.awsRequestId);
    if (globalThis.count <= failures) throw new Error('failure ' + globalThis.count);
  };`;

/** No retry, and no destination. */
const ONE_ATTEMPT = {
  maximumRetryAttempts: 0,
  maximumEventAgeSeconds: 21_600,
  onSuccess: null,
  onFailure: null,
};

function runsOf({ lines }: RunningLambda): readonly string[] {
  return lines.filter((line) => /\trun \d/.test(line));
}

async function untilRuns(running: RunningLambda, count: number): Promise<void> {
  await vi.waitFor(() => expect(runsOf(running)).toHaveLength(count), { timeout: 10_000 });
}

async function untilRetryIsPlanned({ store }: RunningLambda): Promise<void> {
  const count = () =>
    store.database
      .prepare('SELECT count(*) AS n FROM scheduler_deadlines WHERE kind = ?')
      .get('lambda.retry');
  await vi.waitFor(() => expect(count()).toEqual({ n: 1 }), { timeout: 10_000 });
}

async function pass({ clock, scheduler }: RunningLambda, milliseconds: number): Promise<void> {
  clock.advance(milliseconds);
  await scheduler.runDue();
}

function rowsOf({ store }: RunningLambda): unknown {
  return store.database.prepare('SELECT count(*) AS n FROM lambda_events').get();
}

async function receive({
  sqs,
}: RunningLambda): Promise<{ readonly Body: string; readonly MessageAttributes: unknown }> {
  const request: HttpRequest = {
    ...invokeRequest(''),
    path: '/',
    headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
    body: Buffer.from(
      JSON.stringify({
        QueueUrl: 'http://localhost:4000/111111111111/failures',
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 10,
      }),
    ),
  };
  const { body } = await sqs.handle(request);
  return JSON.parse(String(body)).Messages[0];
}

test('invokes after the commit, and forgets the event when it is done', async () => {
  const running = runLambda();
  running.addInline(COUNTING);

  running.lambda.invokeLater('worker', '{}');

  expect(rowsOf(running)).toEqual({ n: 1 });
  await untilRuns(running, 1);
  await vi.waitFor(() => expect(rowsOf(running)).toEqual({ n: 0 }));
});

test('never invokes for a change that is rolled back', async () => {
  const running = runLambda();
  running.addInline(COUNTING);

  const change = () =>
    running.store.transact(() => {
      running.lambda.invokeLater('worker', '{}');
      throw new Error('no');
    });
  expect(change).toThrow('no');
  running.lambda.invokeLater('worker', '{}');

  await untilRuns(running, 1);
  await vi.waitFor(() => expect(rowsOf(running)).toEqual({ n: 0 }));
  expect(runsOf(running)).toHaveLength(1);
});

test('retries after one and two minutes with the same request id, and then tells the destination', async () => {
  const running = runLambda();
  running.addInline(COUNTING);
  running.lambda.configureAsync('worker', { ...ONE_ATTEMPT, maximumRetryAttempts: 2, onFailure: QUEUE_ARN });

  running.lambda.invokeLater('worker', '{"failures":9}');
  await untilRuns(running, 1);
  await untilRetryIsPlanned(running);
  await pass(running, MINUTE - 5000);
  const early = runsOf(running).length;
  await pass(running, 6000);
  await untilRuns(running, 2);
  await untilRetryIsPlanned(running);
  await pass(running, 2 * MINUTE);
  await untilRuns(running, 3);

  const record = JSON.parse((await receive(running)).Body);
  expect(early).toBe(1);
  expect(record).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/Z$/),
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:worker:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { failures: 9 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'failure 3', trace: expect.any(Array) },
  });
  expect(new Set(runsOf(running).map((line) => line.split(' ').at(-1)))).toEqual(
    new Set([record.requestContext.requestId]),
  );
  expect(rowsOf(running)).toEqual({ n: 0 });
});

test('succeeds on a retry without a word to the destination', async () => {
  const running = runLambda();
  running.addInline(COUNTING);

  running.lambda.invokeLater('worker', '{"failures":1}');
  await untilRetryIsPlanned(running);
  await pass(running, MINUTE);
  await untilRuns(running, 2);

  await vi.waitFor(() => expect(rowsOf(running)).toEqual({ n: 0 }));
});

test('keeps to the retries and the age of the template', async () => {
  const running = runLambda();
  running.addInline(COUNTING);
  running.lambda.configureAsync('worker', {
    ...ONE_ATTEMPT,
    maximumRetryAttempts: 2,
    maximumEventAgeSeconds: 60,
    onFailure: QUEUE_ARN,
  });

  running.lambda.invokeLater('worker', '{"failures":9}');
  await untilRuns(running, 1);

  expect(JSON.parse((await receive(running)).Body).requestContext).toMatchObject({
    condition: 'EventAgeExceeded',
    approximateInvokeCount: 1,
  });
});

test('sends the event itself to a dead-letter queue', async () => {
  const running = runLambda();
  running.addInline('exports.handler = async () => { throw new Error("for good") }', {
    deadLetterQueueArn: QUEUE_ARN,
  });
  running.lambda.configureAsync('worker', ONE_ATTEMPT);

  running.lambda.invokeLater('worker', '{"a":1}');

  expect(await receive(running)).toMatchObject({
    Body: '{"a":1}',
    MessageAttributes: {
      RequestID: { StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { StringValue: 'for good' },
    },
  });
});

test('invokes a function that is the destination', async () => {
  const running = runLambda();
  running.addInline('exports.handler = async () => { throw new Error("for good") }');
  running.lambda.define({ ...definitionOf('catcher'), code: { inline: COUNTING } });
  running.lambda.configureAsync('worker', { ...ONE_ATTEMPT, onFailure: definitionOf('catcher').arn });

  running.lambda.invokeLater('worker', '{}');
  await untilRuns(running, 1);

  expect(runsOf(running)[0]).toMatch(/^catcher /);
});

test('tells the destination of a success, and not the one of a failure', async () => {
  const running = runLambda();
  running.addInline('exports.handler = async ({ chairs }) => ({ chairs: chairs + 1 })');
  running.lambda.configureAsync('worker', {
    ...ONE_ATTEMPT,
    onSuccess: QUEUE_ARN,
    onFailure: definitionOf('worker').arn,
  });

  running.lambda.invokeLater('worker', '{"chairs":1}');

  expect(JSON.parse((await receive(running)).Body)).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/Z$/),
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:worker:$LATEST',
      condition: 'Success',
      approximateInvokeCount: 1,
    },
    requestPayload: { chairs: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: { chairs: 2 },
  });
});

test('takes up after a stop what was not done, at least once', async () => {
  const first = runLambda();
  first.addInline('exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))', {
    timeoutSeconds: 100,
  });
  for (let count = 0; count < 5; count += 1) first.lambda.invokeLater('worker', '{}');
  await first.store.settled();
  await first.stop();

  const second = runLambda({ folder: first.folder });
  second.addInline(COUNTING);
  second.lambda.start();

  await untilRuns(second, 5);
  await vi.waitFor(() => expect(rowsOf(second)).toEqual({ n: 0 }));
});

test('lets those go first who wait for an answer', async () => {
  const running = runLambda();
  running.addInline(COUNTING);
  running.lambda.define({
    ...definitionOf('slow'),
    code: { inline: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 500))' },
  });
  await running.lambda.prewarm();

  const waiting = running.lambda.invoke('slow', '{}');
  running.lambda.invokeLater('worker', '{}');
  await waiting;
  const before = runsOf(running).length;
  await untilRuns(running, 1);

  expect(before).toBe(0);
});

test('refuses a destination of another kind', () => {
  const { lambda } = runLambda();

  expect(() =>
    lambda.configureAsync('worker', {
      ...ONE_ATTEMPT,
      maximumEventAgeSeconds: 60,
      onFailure: 'arn:aws:sns:us-east-1:111111111111:topic',
    }),
  ).toThrow('only SQS queues and Lambda functions are supported locally');
});

test.each([
  [{ maximumRetryAttempts: 3 }, 'MaximumRetryAttempts 3: Lambda takes 0 to 2.'],
  [{ maximumEventAgeSeconds: 59 }, 'MaximumEventAgeInSeconds 59: Lambda takes 60 to 21600.'],
  [{ maximumEventAgeSeconds: 21_601 }, 'MaximumEventAgeInSeconds 21601: Lambda takes 60 to 21600.'],
])('refuses what Lambda would refuse: %j', (config, message) => {
  const { lambda } = runLambda();
  const valid = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, onSuccess: null, onFailure: null };

  expect(() => lambda.configureAsync('worker', { ...valid, ...config })).toThrow(
    `The function worker has ${message}`,
  );
});
