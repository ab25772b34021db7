import type { ReceivedMessage } from './records/messages.ts';
import type { SystemAttributes } from './systemAttributes.ts';

/** Everything that SQS itself says of a received message. */
export function systemAttributesOf(message: ReceivedMessage): SystemAttributes {
  const all = {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent),
    SenderId: message.sender,
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
    DeadLetterQueueSourceArn: message.deadLetterSource,
    ...message.system,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
