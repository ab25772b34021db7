import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { ARN, serveSqs } from './serveSqs.ts';

const DEAD = ARN.replace('letters', 'dead');
const redrive = { deadLetterQueueArn: DEAD, maxReceiveCount: 2 };

async function serveWithDeadLetters() {
  const served = await serveSqs({ redrive });
  served.define('dead');
  const receive = async (QueueUrl: string, input: object = {}) => {
    const asked = { QueueUrl, MessageSystemAttributeNames: ['All' as const], ...input };
    return (await served.client.send(new ReceiveMessageCommand(asked))).Messages ?? [];
  };
  return { ...served, receive, deadUrl: served.url.replace('letters', 'dead') };
}

test('a message that was received too often goes to the dead-letter queue, with its id and age', async () => {
  const { client, url, deadUrl, clock, receive } = await serveWithDeadLetters();
  const sent = await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'poison' }));
  const [first] = await receive(url);
  clock.advance(30_000);
  const [second] = await receive(url);
  clock.advance(30_000);

  const third = await receive(url);
  const [dead] = await receive(deadUrl);

  expect([first?.Body, second?.Body]).toEqual(['poison', 'poison']);
  expect(third).toEqual([]);
  expect(dead).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'poison',
    Attributes: { DeadLetterQueueSourceArn: ARN, SentTimestamp: first?.Attributes?.SentTimestamp },
  });
  expect(first?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
});

test('who waits for dead letters is woken by one, and others behind it are not held up', async () => {
  const { sqs, url, deadUrl, receive } = await serveWithDeadLetters();
  sqs.send(ARN, 'poison');
  for (const _ of [1, 2]) await receive(url, { VisibilityTimeout: 0 });
  sqs.send(ARN, 'sound');

  const waiting = receive(deadUrl, { WaitTimeSeconds: 20 });
  const [next] = await receive(url);

  expect(next).toMatchObject({ Body: 'sound' });
  expect(await waiting).toMatchObject([{ Body: 'poison' }]);
});

test('a dead letter expires by the time when it was first sent', async () => {
  const { sqs, url, deadUrl, clock, scheduler, receive } = await serveWithDeadLetters();
  sqs.send(ARN, 'poison');
  for (const _ of [1, 2]) await receive(url, { VisibilityTimeout: 0 });
  clock.advance(345_000_000);
  await receive(url);

  clock.advance(600_000);
  await scheduler.runDue();

  expect(await receive(deadUrl)).toEqual([]);
});

test('queues tell of each other', async () => {
  const { client, url, deadUrl } = await serveWithDeadLetters();

  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
  );
  const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadUrl }));

  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: DEAD,
    maxReceiveCount: 2,
  });
  expect(sources.queueUrls).toEqual([url]);
});

test('the delay, the wait and the size of the template are those of every message', async () => {
  const { client, url, clock } = await serveSqs({ delaySeconds: 60, maxMessageBytes: 1024 });
  const receive = async () =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages ?? [];
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(1024) }));

  expect(await receive()).toEqual([]);
  clock.advance(60_000);
  expect(await receive()).toHaveLength(1);
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(1025) })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('a wait of the template ends by the clock of the cloud', async () => {
  const { client, url, clock, scheduler } = await serveSqs({ receiveWaitSeconds: 20 });
  let isOver = false;

  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl: url })).then((answer) => {
    isOver = true;
    return answer;
  });
  await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  const before = isOver;
  clock.advance(20_000);
  await scheduler.runDue();

  expect(before).toBe(false);
  expect((await waiting).Messages).toBeUndefined();
});

test('the time of several messages is changed at once, each by itself', async () => {
  const { client, sqs, url, receive } = await serveWithDeadLetters();
  sqs.send(ARN, 'one');
  const [message] = await receive(url);

  const changed = await client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'good', ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: 'bad', ReceiptHandle: 'no', VisibilityTimeout: 0 },
      ],
    }),
  );

  expect(changed.Successful).toMatchObject([{ Id: 'good' }]);
  expect(changed.Failed).toMatchObject([{ Id: 'bad', Code: 'ReceiptHandleIsInvalid', SenderFault: true }]);
  expect(await receive(url)).toMatchObject([{ Body: 'one' }]);
});
