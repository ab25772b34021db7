import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { executionArnOf, startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { processOrder } from '../support/graphql.ts';
import { runCommand } from '../support/runCommand.ts';
import { untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
  return cloud.remove;
});

const redrive = (...words: readonly string[]) => runCommand('redrive', cloud, { words });

/** The URL of the queue whose name holds these words. */
async function queueUrl(words: string): Promise<string> {
  const { QueueUrls = [] } = await new SQSClient(cloud.client()).send(new ListQueuesCommand({}));
  return QueueUrls.find((url) => url.includes(words)) ?? '';
}

async function send(queue: string, body: string): Promise<void> {
  const sqs = new SQSClient(cloud.client());
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(queue), MessageBody: body }));
}

/** Those that wait, are delayed, or are with a function. */
async function messagesIn(queue: string): Promise<number> {
  const { Attributes } = await new SQSClient(cloud.client()).send(
    new GetQueueAttributesCommand({
      QueueUrl: await queueUrl(queue),
      AttributeNames: ['All'],
    }),
  );
  return Object.entries(Attributes ?? {})
    .filter(([name]) => name.startsWith('ApproximateNumberOfMessages'))
    .reduce((sum, [, value]) => sum + Number(value), 0);
}

test('empty dead-letter queues are said to be empty', () => {
  expect(redrive()).toEqual({ status: 0, stdout: 'The dead-letter queues are empty.\n', stderr: '' });
});

test('every dead letter goes back to the queue that it came from', async () => {
  // S3's own test message may be in the same batch, and then becomes a dead letter too.
  await send('SafetyNetRecords', '{"Records":[{}]}'); // no function can handle it
  while ((await messagesIn('SafetyNetDeadLetters')) === 0) await cloud.advance('PT10M');

  const { status, stdout } = redrive();

  expect(status).toBe(0);
  expect(stdout).toMatch(/^Dead letters moved back to their queues: [1-9]\d*\.\n$/);
  expect(await messagesIn('SafetyNetDeadLetters')).toBe(0);
});

test('an event that EventBridge put into the dead letters itself reaches its function', async () => {
  const orderId = randomUUID();
  await processOrder(cloud.outputs(), { orderId });
  await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');
  const detail = { name: orderId, status: 'ABORTED' };
  await send('SafetyNetExecutionsDeadLetters', JSON.stringify({ detail }));

  const { status, stdout } = redrive();

  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'Dead letters moved back to their queues: 1.\n',
  });
  const failed = await untilOrder(cloud.outputs(), orderId, (order) => order.status === 'FAILED');
  expect(failed.decision).toMatchObject({ kind: 'FAILED', reason: 'The execution ended as ABORTED.' });
});

test('a dead letter of an unknown queue stays, and the command says what to do', async () => {
  await send('SafetyNetDeadLetters', '{"detail":{"name":"chairs-1"}}');

  const { status, stderr } = redrive();

  expect(status).toBe(1);
  expect(stderr).toBe(
    'Dead letters moved back to their queues: 0. SQS stopped there: CouldNotDetermineMessageSource. A message that SQS did not put there itself has no queue to go back to: take the order id from it and run npm run redrive -- ORDER_ID.\n',
  );
});

test('executions are redriven by order id, and each id gets its answer', async () => {
  const stepFunctions = new SFNClient(cloud.client());
  const [stopped, waiting] = [randomUUID(), randomUUID()];
  for (const orderId of [stopped, waiting]) {
    await processOrder(cloud.outputs(), { orderId });
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');
  }
  const executionArn = executionArnOf(cloud.outputs(), stopped);
  await stepFunctions.send(new StopExecutionCommand({ executionArn }));

  const { status, stdout } = redrive(waiting, 'unknown', stopped);

  expect(status).toBe(1);
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(`^${waiting}: not redriven, because Step Functions refuses it: .+`),
    'unknown: not redriven, because there is no execution of this order.',
    `${stopped}: redriven from the state in which it failed.`,
    '',
  ]);
});

test.each([
  [
    ['../x'],
    '"../x" is not an order id: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -. No execution was redriven.\n',
  ],
  [['--all'], 'There is no option --all; npm run redrive takes --outputs.\n'],
])('%j is refused with one sentence', (words, sentence) => {
  expect(redrive(...words)).toEqual({ status: 1, stdout: '', stderr: sentence });
});
