import { createHash } from 'node:crypto';
import { md5OfAttributes, selectAttributes } from '../messageAttributes.ts';
import type { ReceivedMessage } from '../records/messages.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import { checkAskedNames } from '../systemAttributes.ts';

const LONGEST_WAIT_SECONDS = 20;
export const LONGEST_VISIBILITY_SECONDS = 43_200;

export async function receiveMessage(call: SqsCall): Promise<Output> {
  const { context, input } = call;
  const queue = queueOf(call);
  const seconds = input.number('WaitTimeSeconds', {
    from: 0,
    to: LONGEST_WAIT_SECONDS,
    otherwise: queue.receiveWaitSeconds,
  });
  const limit = input.number('MaxNumberOfMessages', { from: 1, to: 10, otherwise: 1 });
  const hideSeconds = input.number('VisibilityTimeout', {
    from: 0,
    to: LONGEST_VISIBILITY_SECONDS,
    otherwise: queue.visibilityTimeoutSeconds,
  });
  const asked = {
    system: [...input.names('AttributeNames'), ...input.names('MessageSystemAttributeNames')],
    own: input.names('MessageAttributeNames'),
  };
  checkAskedNames(asked.system);
  const received = await context.waiting.until(queue.name, seconds, () => {
    if (call.isGone()) return []; // a message would be hidden from all who are still there
    context.messages.removeSentBefore(queue.name, context.clock.now() - queue.retentionSeconds * 1000);
    context.redrive(queue);
    const messages = context.messages.receive(queue.name, { limit, hideSeconds });
    return messages.length === 0 ? null : messages;
  });
  return received === null || received.length === 0
    ? {}
    : { Messages: received.map((message) => describe(message, asked)) };
}

type Asked = { readonly system: readonly string[]; readonly own: readonly string[] };

function describe(message: ReceivedMessage, asked: Asked): Output {
  const own = selectAttributes(message.attributes, asked.own);
  const ownMd5 = md5OfAttributes(own);
  const system = Object.entries({
    SenderId: message.sender,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
    DeadLetterQueueSourceArn: message.deadLetterSource,
    ...message.system,
  })
    .filter(([, value]) => value !== '')
    .filter(([name]) => asked.system.includes(name) || asked.system.includes('All'));
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(ownMd5 === null ? {} : { MessageAttributes: own, MD5OfMessageAttributes: ownMd5 }),
  };
}
