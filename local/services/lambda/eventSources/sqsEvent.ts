import { createHash } from 'node:crypto';
import { REGION } from '../../../ground/account.ts';
import { isObject } from '../../../ground/json.ts';
import type { MessageAttributes, QueueMessage } from '../../sqs/sqs.ts';

/** The event of a batch, as JSON text (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html). */
export function sqsEvent(queueArn: string, messages: readonly QueueMessage[]): string {
  return JSON.stringify({ Records: messages.map((message) => recordOf(queueArn, message)) });
}

function recordOf(queueArn: string, message: QueueMessage): unknown {
  const md5 = message.md5OfAttributes;
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.systemAttributes,
    messageAttributes: attributesOf(message.attributes),
    ...(md5 === null ? {} : { md5OfMessageAttributes: md5 }),
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

function attributesOf(attributes: MessageAttributes): unknown {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}

/**
 * The messages that a batch's answer leaves in the queue, where the mapping has `ReportBatchItemFailures`: those that
 * it names. An answer that names none has succeeded, and one that cannot be understood has failed as a whole.
 */
export function failedMessages(answer: string, messages: readonly QueueMessage[]): readonly QueueMessage[] {
  const failures = failuresOf(answer);
  if (failures === null) return [];
  const ids = failures.map((failure) => (isObject(failure) ? failure['itemIdentifier'] : null));
  const areKnown = ids.every((id) => messages.some(({ messageId }) => messageId === id));
  return areKnown ? messages.filter(({ messageId }) => ids.includes(messageId)) : messages;
}

/** Null for an answer without failures. */
function failuresOf(answer: string): readonly unknown[] | null {
  const parsed: unknown = JSON.parse(answer);
  if (!isObject(parsed)) return parsed === null ? null : [parsed];
  const failures = parsed['batchItemFailures'];
  if (failures === undefined || failures === null) return null;
  return Array.isArray(failures) ? failures : [failures];
}
