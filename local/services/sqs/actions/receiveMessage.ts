import { createHash } from 'node:crypto';
import { md5OfAttributes, selectAttributes } from '../messageAttributes.ts';
import type { ReceivedMessage } from '../records/messages.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import { checkAskedNames } from '../systemAttributes.ts';
import { systemAttributesOf } from '../systemAttributesOf.ts';

const MAX_WAIT_SECONDS = 20;
export const MAX_VISIBILITY_SECONDS = 43_200;

export async function receiveMessage(call: SqsCall): Promise<Output> {
  const { context, input } = call;
  const queue = queueOf(call);
  const seconds = input.number('WaitTimeSeconds', {
    from: 0,
    to: MAX_WAIT_SECONDS,
    otherwise: queue.receiveWaitSeconds,
  });
  const limit = input.number('MaxNumberOfMessages', { from: 1, to: 10, otherwise: 1 });
  const hideSeconds = input.number('VisibilityTimeout', {
    from: 0,
    to: MAX_VISIBILITY_SECONDS,
    otherwise: queue.visibilityTimeoutSeconds,
  });
  const wanted = {
    system: [...input.names('AttributeNames'), ...input.names('MessageSystemAttributeNames')],
    own: input.names('MessageAttributeNames'),
  };
  checkAskedNames(wanted.system);
  const received = await context.waiting.until(queue.name, seconds, () => {
    if (call.isGone()) return []; // a message would be hidden from the callers that are still there
    const messages = context.receive(queue, { limit, bytes: Infinity, hideSeconds });
    return messages.length === 0 ? null : messages;
  });
  return received === null || received.length === 0
    ? {}
    : { Messages: received.map((message) => describe(message, wanted)) };
}

type WantedAttributes = { readonly system: readonly string[]; readonly own: readonly string[] };

function describe(message: ReceivedMessage, wanted: WantedAttributes): Output {
  const own = selectAttributes(message.attributes, wanted.own);
  const ownMd5 = md5OfAttributes(own);
  const system = Object.entries(systemAttributesOf(message)).filter(
    ([name]) => wanted.system.includes(name) || wanted.system.includes('All'),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(ownMd5 === null ? {} : { MessageAttributes: own, MD5OfMessageAttributes: ownMd5 }),
  };
}
