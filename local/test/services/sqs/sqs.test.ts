import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { ARN, serveSqs } from './serveSqs.ts';

type Served = Awaited<ReturnType<typeof serveSqs>>;

async function receive({ client, url: QueueUrl }: Served, input: object = {}) {
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...input }));
  return Messages;
}

async function counts({ client, url: QueueUrl }: Served) {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return [
    Attributes?.ApproximateNumberOfMessages,
    Attributes?.ApproximateNumberOfMessagesNotVisible,
    Attributes?.ApproximateNumberOfMessagesDelayed,
  ].join(' ');
}

describe('a queue, through the AWS SDK', () => {
  test('gives a message with its attributes, and forgets it when it was deleted', async () => {
    const served = await serveSqs();
    const { client, url: QueueUrl } = served;

    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'Grüße',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'letter' },
          data: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
        },
      }),
    );
    const [message] = await receive(served, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));

    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße',
      MD5OfBody: '49c5f675b49037b6044b803ac9d1a6d7',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: { kind: { StringValue: 'letter' }, data: { BinaryValue: new Uint8Array([1, 2]) } },
      Attributes: { ApproximateReceiveCount: '1' },
    });
    expect(await counts(served)).toBe('0 0 0');
  });

  test('hides what was received until its time is over', async () => {
    const served = await serveSqs();
    served.sqs.send(ARN, 'one', { reason: 'none' });

    const [first] = await receive(served, { VisibilityTimeout: 60 });
    const hidden = await receive(served);
    const whileHidden = await counts(served);
    served.clock.advance(60_000);
    const [second] = await receive(served, { MessageAttributeNames: ['reason'] });
    await served.client.send(
      new DeleteMessageCommand({ QueueUrl: served.url, ReceiptHandle: first?.ReceiptHandle }),
    );

    expect(hidden).toEqual([]);
    expect(whileHidden).toBe('0 1 0');
    expect(second).toMatchObject({ Body: 'one', MessageAttributes: { reason: { StringValue: 'none' } } });
    expect(await counts(served)).toBe('0 1 0');
  });

  test('wakes who waits for a message when one is sent, and when one comes back', async () => {
    const served = await serveSqs();

    const waiting = receive(served, { WaitTimeSeconds: 20 });
    served.sqs.send(ARN, 'one');
    const [sent] = await waiting;
    const waitingAgain = receive(served, { WaitTimeSeconds: 20 });
    await counts(served);
    served.clock.advance(30_000);
    await served.scheduler.runDue();
    const [again] = await waitingAgain;

    expect(sent).toMatchObject({ Body: 'one' });
    expect(again).toMatchObject({ Body: 'one' });
  });

  test('gives no message to a receiver that left while it waited', async () => {
    const served = await serveSqs();
    const leaving = new AbortController();
    const QueueUrl = served.url;
    const left = served.client
      .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: leaving.signal })
      .catch(({ name }: Error) => name);
    const socket: Socket = (await once(served.server, 'request'))[0].socket;
    leaving.abort();
    await once(socket, 'close');

    served.sqs.send(ARN, 'one');

    expect(await left).toBe('AbortError');
    expect(await receive(served)).toMatchObject([{ Body: 'one' }]);
  });

  test('gives a message to one of many who wait', async () => {
    const served = await serveSqs();

    const waiting = Array.from({ length: 5 }, () => receive(served, { WaitTimeSeconds: 1 }));
    served.sqs.send(ARN, 'one');
    const received = await Promise.all(waiting);

    expect(received.flat()).toHaveLength(1);
  });

  test('keeps a delayed message back', async () => {
    const served = await serveSqs();
    await served.client.send(
      new SendMessageCommand({ QueueUrl: served.url, MessageBody: 'later', DelaySeconds: 10 }),
    );

    const before = [await counts(served), await receive(served)];
    served.clock.advance(10_000);

    expect(before).toEqual(['0 0 1', []]);
    expect(await receive(served)).toMatchObject([{ Body: 'later' }]);
  });

  test('drops messages that are older than it keeps them', async () => {
    const served = await serveSqs();
    served.sqs.send(ARN, 'old');
    served.clock.advance(345_000_000);
    served.sqs.send(ARN, 'young');

    served.clock.advance(1_000_000);
    await served.scheduler.runDue();

    expect(served.store.statement('SELECT body FROM sqs_messages').all()).toMatchObject([{ body: 'young' }]);
    expect(await receive(served, { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: 'young' }]);
  });

  test('sends and deletes in batches, each entry by itself', async () => {
    const served = await serveSqs();
    const { client, url: QueueUrl } = served;

    const sent = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two' },
          { Id: 'c', MessageBody: 'bad \u0001' },
        ],
      }),
    );
    const messages = await receive(served, { MaxNumberOfMessages: 10 });
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));

    expect(sent.Successful).toMatchObject([{ Id: 'a' }, { Id: 'b' }]);
    expect(sent.Failed).toMatchObject([{ Id: 'c', Code: 'InvalidMessageContents' }]);
    expect(deleted.Successful).toHaveLength(2);
    expect(await counts(served)).toBe('0 0 0');
  });

  test('makes a message visible again on request, and is emptied', async () => {
    const served = await serveSqs();
    const { client, url: QueueUrl } = served;
    served.sqs.send(ARN, 'one');

    const [first] = await receive(served);
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    const again = await receive(served);
    await client.send(new PurgeQueueCommand({ QueueUrl }));

    expect(again).toHaveLength(1);
    expect(await counts(served)).toBe('0 0 0');
  });

  test('is found by its name', async () => {
    const { client, url } = await serveSqs();

    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'letters' }))).toMatchObject({
      QueueUrl: url,
    });
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'let' }))).QueueUrls).toEqual([url]);
  });
});

describe('SQS refuses', () => {
  test('an unknown queue, also inside the cloud', async () => {
    const { client, sqs, url } = await serveSqs();
    const ask = (QueueUrl: string) => client.send(new ReceiveMessageCommand({ QueueUrl }));

    await expect(ask(url.replace('letters', 'others'))).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(ask(url.replace('111111111111', '222222222222'))).rejects.toBeInstanceOf(QueueDoesNotExist);
    expect(() => sqs.send(`${ARN}x`, 'body')).toThrow('The specified queue does not exist.');
  });

  test.each([
    [{ WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    [{ MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    [{ VisibilityTimeout: -1 }, 'InvalidParameterValue'],
  ])('to receive with %j', async (input, name) => {
    await expect(receive(await serveSqs(), input)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test.each([
    ['', 'MissingParameter'],
    ['x'.repeat(1_048_577), 'InvalidParameterValue'],
    ['\u0000', 'InvalidMessageContents'],
  ])('to send an unfit body', async (MessageBody, name) => {
    const { client, url: QueueUrl } = await serveSqs();

    await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody }))).rejects.toMatchObject({
      name,
    });
  });

  test('a receipt handle that it never gave', async () => {
    const { client, url: QueueUrl } = await serveSqs();

    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' })),
    ).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
    });
  });

  test('to make queues, which come from the template', async () => {
    const { client } = await serveSqs();

    await expect(client.send(new CreateQueueCommand({ QueueName: 'x' }))).rejects.toMatchObject({
      Code: 'AWS.SimpleQueueService.UnsupportedOperation',
    });
  });

  test('a number that is none, and a batch that is too long as a whole', async () => {
    const { client, url: QueueUrl } = await serveSqs();
    const sent = (StringValue: string) =>
      client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: 'x',
          MessageAttributes: { n: { DataType: 'Number.int', StringValue } },
        }),
      );
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) }));

    await sent('-1.5e3');
    await expect(sent('one')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
    });
  });
});
