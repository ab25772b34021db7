import { SqsError } from '../errors.ts';
import { type Output, type Queue, queueOf, type SqsCall } from '../sqsContext.ts';
import type { Redrive, RedriveAllow } from '../sqs.ts';

export function getQueueAttributes(call: SqsCall): Output {
  const { context, input } = call;
  const queue = queueOf(call);
  context.messages.removeSentBefore(queue.name, context.clock.now() - queue.retentionSeconds * 1000);
  const attributes = attributesOf(call, queue);
  const names = input.names('AttributeNames');
  const unknown = names.find(
    (name) => name !== 'All' && !Object.hasOwn(attributes, name) && !ABSENT.has(name),
  );
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const selected = Object.entries(attributes).filter(
    ([name]) => names.includes(name) || names.includes('All'),
  );
  return selected.length === 0 ? {} : { Attributes: Object.fromEntries(selected) };
}

/** Attributes of SQS that not every queue here has. */
const ABSENT = new Set([
  'RedrivePolicy',
  'Policy',
  'RedriveAllowPolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

function attributesOf({ context }: SqsCall, queue: Queue): Readonly<Record<string, string>> {
  const { visible, delayed, inFlight } = context.messages.counts(queue.name);
  const created = String(Math.floor(queue.created / 1000));
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MaximumMessageSize: String(queue.maxMessageBytes),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
    SqsManagedSseEnabled: 'true',
    ...(queue.redrive === null ? {} : { RedrivePolicy: redrivePolicy(queue.redrive) }),
    ...(queue.redriveAllow === null ? {} : { RedriveAllowPolicy: redriveAllowPolicy(queue.redriveAllow) }),
  };
}

function redrivePolicy({ deadLetterQueueArn, maxReceiveCount }: Redrive): string {
  return JSON.stringify({ deadLetterTargetArn: deadLetterQueueArn, maxReceiveCount });
}

function redriveAllowPolicy({ permission, sourceQueueArns }: RedriveAllow): string {
  const sources = permission === 'byQueue' ? { sourceQueueArns } : {};
  return JSON.stringify({ redrivePermission: permission, ...sources });
}
