import type { HttpHandler } from '../../wire/httpMessage.ts';

export type BucketDefinition = {
  readonly name: string;
  /** The bucket policy's document, or null. Deny statements are enforced; TLS conditions hold on loopback. */
  readonly policy: Readonly<Record<string, unknown>> | null;
  /** CloudFormation LifecycleConfiguration.Rules. */
  readonly lifecycleRules: readonly Readonly<Record<string, unknown>>[];
  readonly versioned: boolean;
  /** Whether object events go to EventBridge. */
  readonly eventBridge: boolean;
  /** CloudFormation NotificationConfiguration.QueueConfigurations. Their queues exist and let the bucket send. */
  readonly queueConfigurations: readonly unknown[];
};

export type S3 = {
  readonly define: (bucket: BucketDefinition) => void;
  readonly start: () => void;
  readonly handle: HttpHandler;
};
