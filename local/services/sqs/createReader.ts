import type { ReceivedMessage } from './records/messages.ts';
import { parseReceiptHandle } from './records/receipts.ts';
import { md5OfAttributes } from './messageAttributes.ts';
import type { QueueMessage, QueueReader } from './sqs.ts';
import type { Queue, SqsContext } from './sqsContext.ts';
import { systemAttributesOf } from './systemAttributesOf.ts';

export type ReaderOptions = {
  /** The queue as it is defined at the time of the call. */
  readonly queueOf: () => Queue;
  readonly onMessages: () => void;
};

export function createReader(
  { messages, waiting, receive }: SqsContext,
  { queueOf, onMessages }: ReaderOptions,
): QueueReader {
  const { name } = queueOf();
  return {
    backlog: (limit) => messages.backlog(name, limit),
    receive: (most) => {
      const queue = queueOf();
      return receive(queue, { ...most, hideSeconds: queue.visibilityTimeoutSeconds }).map(describe);
    },
    remove: (received) => {
      for (const { receiptHandle } of received) {
        const receipt = parseReceiptHandle(receiptHandle);
        if (receipt !== null) messages.remove(name, receipt);
      }
    },
    stop: waiting.watch(name, onMessages),
  };
}

function describe(message: ReceivedMessage): QueueMessage {
  const { messageId, receiptHandle, body, attributes } = message;
  return {
    messageId,
    receiptHandle,
    body,
    attributes,
    systemAttributes: systemAttributesOf(message),
    md5OfAttributes: md5OfAttributes(attributes),
  };
}
