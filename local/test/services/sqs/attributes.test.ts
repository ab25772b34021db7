import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { serveSqs } from './serveSqs.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    ({ name, message }: Error) => `${name}: ${message}`,
  );

test('a message tells its group and the trace that it is part of', async () => {
  const { client, url: QueueUrl } = await serveSqs();
  const AWSTraceHeader = { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' };
  const sent = await client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'x',
      MessageGroupId: 'tenant-7',
      MessageSystemAttributes: { AWSTraceHeader },
    }),
  );

  const receive = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] });
  const [message] = (await client.send(receive)).Messages ?? [];

  expect(sent.MD5OfMessageSystemAttributes).toBe('62a56dd927315f2b2e12832b84617ea5');
  expect(message?.Attributes).toMatchObject({
    MessageGroupId: 'tenant-7',
    AWSTraceHeader: AWSTraceHeader.StringValue,
  });
});

test.each([
  [{ MessageGroupId: 'two words' }, /^InvalidParameterValue: .*MessageGroupId/],
  [
    { MessageSystemAttributes: { Other: { DataType: 'String', StringValue: 'x' } } },
    /^InvalidParameterValue: .*'Other'/,
  ],
  [
    { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'Number', StringValue: '1' } } },
    /^InvalidParameterValue: .*'AWSTraceHeader'/,
  ],
])('a message with %j is refused', async (given, message) => {
  const { client, url: QueueUrl } = await serveSqs();
  const input: object = given;

  expect(
    await failure(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...input }))),
  ).toMatch(message);
});

test('who asks for an attribute that there is not is told so, and takes no message', async () => {
  const { client, url: QueueUrl } = await serveSqs();
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const receive = (names: object) => client.send(new ReceiveMessageCommand({ QueueUrl, ...names }));

  const refused = await failure(receive({ MessageSystemAttributeNames: ['Sender'] }));

  expect(refused).toBe('InvalidAttributeName: Unknown Attribute Sender.');
  expect((await receive({ AttributeNames: ['ApproximateReceiveCount'] })).Messages).toMatchObject([
    { Attributes: { ApproximateReceiveCount: '1' } },
  ]);
});

test('attributes count for the size of a batch', async () => {
  const { client, url: QueueUrl } = await serveSqs();
  const half = 'x'.repeat(262_144);
  const Entries = ['a', 'b'].map((Id) => ({
    Id,
    MessageBody: half,
    MessageAttributes: { more: { DataType: 'String', StringValue: half } },
  }));

  // Two halves each, and of either two names of four and six letters.
  expect(await failure(client.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toBe(
    'BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048596 bytes.',
  );
});

test('who speaks the older protocol is told which one is spoken', async () => {
  const { sqs } = await serveSqs();

  const answer = await sqs.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from('Action=ListQueues&Version=2012-11-05'),
    remoteAddress: '',
    accessKeyId: 'AKIAEXAMPLE',
  });

  expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'text/xml' } });
  expect(String(answer.body)).toContain(
    '<Message>The local cloud speaks the AWS JSON protocol of SQS, and not the query protocol that ListQueues came in: use a newer SDK.</Message>',
  );
});
