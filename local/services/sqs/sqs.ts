import type { HttpHandler } from '../../wire/httpMessage.ts';

export type QueueDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Of a message that names no delay, and of a receiver that names no wait. */
  readonly delaySeconds: number;
  readonly receiveWaitSeconds: number;
  readonly maxMessageBytes: number;
  /** Where a message goes that was received too often; null: it stays. */
  readonly redrive: Redrive | null;
  /** Which queues may use this one as their dead-letter queue; null: any of the account. */
  readonly redriveAllow: RedriveAllow | null;
  /** The documents of the queue policies. They decide which AWS services may send. */
  readonly policies: readonly Readonly<Record<string, unknown>>[];
};

export type Redrive = { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number };

export type RedriveAllow = {
  readonly permission: 'allowAll' | 'denyAll' | 'byQueue';
  /** For `byQueue`. */
  readonly sourceQueueArns: readonly string[];
};

export type Sqs = {
  readonly define: (queue: QueueDefinition) => void;
  /** The queue with an ARN; null when there is none. */
  readonly find: (queueArn: string) => QueueDefinition | null;
  /** Sends in the open transaction. Throws QueueDoesNotExist for an unknown ARN. */
  readonly send: (
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string | number>>,
  ) => void;
  /** Whether the queue's policies let an AWS service send to it. Throws QueueDoesNotExist, or Unsupported for a policy that cannot be decided. */
  readonly letsSend: (queueArn: string, sender: ServiceSender) => boolean;
  /** Reads a queue from inside the cloud. Throws QueueDoesNotExist. */
  readonly read: (queueArn: string, onMessages: () => void) => QueueReader;
  readonly handle: HttpHandler;
};

/**
 * A reader that is told when messages of its queue may be seen, after they are on disk. Its calls join the open
 * transaction. It keeps no timer: what is hidden now wakes it in its time.
 */
export type QueueReader = {
  /** How many messages may be seen now, counted up to `limit`, and since when (milliseconds since 1970) the first. */
  readonly backlog: (limit: number) => { readonly count: number; readonly since: number };
  /** Takes messages and hides them for the queue's visibility timeout. The first one may have more than `bytes`. */
  readonly receive: (most: { readonly limit: number; readonly bytes: number }) => readonly QueueMessage[];
  readonly remove: (messages: readonly QueueMessage[]) => void;
  readonly stop: () => void;
};

export type QueueMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** What SQS itself says of it, such as `ApproximateReceiveCount`. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly attributes: MessageAttributes;
  /** Null without attributes. */
  readonly md5OfAttributes: string | null;
};

/** An AWS service that sends to a queue on behalf of a resource. */
export type ServiceSender = {
  /** Such as `s3.amazonaws.com`. */
  readonly service: string;
  /** The ARN of the bucket or rule that the message is from. */
  readonly sourceArn: string;
};

export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
};

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;
