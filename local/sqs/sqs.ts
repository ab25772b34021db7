import type { HttpHandler } from '../http/httpMessage.ts';

export type QueueDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
};

export type Sqs = {
  readonly define: (queue: QueueDefinition) => void;
  /** Sends in the open transaction. Throws QueueDoesNotExist for an unknown ARN. */
  readonly send: (queueArn: string, body: string, attributes?: Readonly<Record<string, string>>) => void;
  readonly handle: HttpHandler;
};
