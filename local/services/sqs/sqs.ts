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
  readonly largestMessageBytes: number;
  /** Where a message goes that was received too often; null: it stays. */
  readonly redrive: Redrive | null;
};

export type Redrive = { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number };

export type Sqs = {
  readonly define: (queue: QueueDefinition) => void;
  readonly exists: (queueArn: string) => boolean;
  /** Sends in the open transaction. Throws QueueDoesNotExist for an unknown ARN. */
  readonly send: (
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string | number>>,
  ) => void;
  readonly handle: HttpHandler;
};
