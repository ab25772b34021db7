import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { ARN, serveSqs } from './serveSqs.ts';

const DEAD = ARN.replace('letters', 'dead');
const OTHER = ARN.replace('letters', 'other');

/** The queue `letters` with one message in its dead-letter queue `dead`. */
async function serveDeadLetter() {
  const served = await serveSqs({ redrive: { deadLetterQueueArn: DEAD, maxReceiveCount: 1 } });
  for (const name of ['dead', 'other']) served.define(name);
  const receive = async (queue: string) => {
    const QueueUrl = served.url.replace('letters', queue);
    const asked = { QueueUrl, VisibilityTimeout: 0, MessageSystemAttributeNames: ['All' as const] };
    return (await served.client.send(new ReceiveMessageCommand(asked))).Messages ?? [];
  };
  const list = async () => {
    const asked = { SourceArn: DEAD, MaxResults: 10 };
    return (await served.client.send(new ListMessageMoveTasksCommand(asked))).Results ?? [];
  };
  served.sqs.send(ARN, 'poison', { reason: 'none' });
  const [first] = await receive('letters');
  await receive('letters');
  return { ...served, receive, list, first };
}

test('dead letters go back to where they came from, as new messages', async () => {
  const { client, receive, list, first } = await serveDeadLetter();

  const { TaskHandle } = await client.send(new StartMessageMoveTaskCommand({ SourceArn: DEAD }));

  const [again] = await receive('letters');
  expect(TaskHandle).toEqual(expect.any(String));
  expect(await receive('dead')).toEqual([]);
  expect(again).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
  expect(again?.MessageId).not.toBe(first?.MessageId);
  expect(await list()).toMatchObject([
    {
      Status: 'COMPLETED',
      SourceArn: DEAD,
      ApproximateNumberOfMessagesMoved: 1,
      ApproximateNumberOfMessagesToMove: 1,
      StartedTimestamp: expect.any(Number),
    },
  ]);
});

test('dead letters go to the queue that the caller names', async () => {
  const { client, receive, list } = await serveDeadLetter();

  await client.send(
    new StartMessageMoveTaskCommand({
      SourceArn: DEAD,
      DestinationArn: OTHER,
      MaxNumberOfMessagesPerSecond: 10,
    }),
  );

  expect(await receive('other')).toMatchObject([{ Body: 'poison' }]);
  expect(await list()).toMatchObject([{ DestinationArn: OTHER, MaxNumberOfMessagesPerSecond: 10 }]);
});

test('what was sent to the dead-letter queue by hand stays there, and the task says so', async () => {
  const { client, sqs, receive, list } = await serveDeadLetter();
  sqs.send(DEAD, 'by hand');

  await client.send(new StartMessageMoveTaskCommand({ SourceArn: DEAD }));

  expect(await receive('dead')).toMatchObject([{ Body: 'by hand' }]);
  expect(await list()).toMatchObject([
    {
      Status: 'FAILED',
      FailureReason: 'CouldNotDetermineMessageSource',
      ApproximateNumberOfMessagesMoved: 1,
    },
  ]);
});

test.each([
  [{ SourceArn: `${DEAD}2` }, 'ResourceNotFoundException'],
  [{ SourceArn: DEAD, DestinationArn: `${DEAD}2` }, 'ResourceNotFoundException'],
  [{ SourceArn: OTHER }, 'InvalidParameterValue'],
  [{ SourceArn: DEAD, MaxNumberOfMessagesPerSecond: 501 }, 'InvalidParameterValue'],
])('a move that SQS would refuse is refused: %j', async (input, name) => {
  const { client } = await serveDeadLetter();

  await expect(client.send(new StartMessageMoveTaskCommand(input))).rejects.toMatchObject({ name });
});

test('a task that is over cannot be cancelled', async () => {
  const { client } = await serveDeadLetter();
  const { TaskHandle } = await client.send(new StartMessageMoveTaskCommand({ SourceArn: DEAD }));
  const cancel = (handle = '') => client.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle }));

  await expect(cancel(TaskHandle)).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  await expect(cancel('unknown')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
