import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT_SECONDS, type HandlerFunction } from '../handlerFunction.ts';

export type RecoveryQueueProps = {
  readonly delaySeconds: number;
  /** Where what cannot be handled goes; null: this is the queue for it. */
  readonly deadLetters: RecoveryQueue | null;
};

export type Sender = {
  readonly service: 's3.amazonaws.com' | 'events.amazonaws.com';
  /** On whose behalf: a condition of IAM. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const RETENTION_SECONDS = 14 * 86_400; // SQS's most: time to see the alarm after a holiday
const MAX_RECEIVES = 10; // ten minutes; then an outage is not short any more, and an alarm says so
const BATCH_MESSAGES = 10;
const BATCH_WINDOW_SECONDS = 5; // a busy minute fills its batches, where messages are late anyway
// AWS's advice for a queue in front of a function: six times its timeout, and the window of its batches besides.
const VISIBILITY_SECONDS = 6 * FUNCTION_TIMEOUT_SECONDS + BATCH_WINDOW_SECONDS;

/** A queue in front of a function that repairs orders. */
export class RecoveryQueue extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly queue: CfnQueue;
  readonly #isDelayed: boolean;

  constructor(scope: Construct, id: string, { delaySeconds, deadLetters }: RecoveryQueueProps) {
    super(scope, id);
    this.queue = new CfnQueue(this, 'Queue', {
      sqsManagedSseEnabled: true,
      messageRetentionPeriod: RETENTION_SECONDS,
      delaySeconds,
      ...(deadLetters === null ? {} : redriveTo(deadLetters)),
    });
    this.#isDelayed = delaySeconds > 0;
    this.arn = this.queue.attrArn;
    this.name = this.queue.attrQueueName;
  }

  /** A service checks at once whether it may send, so what makes it send waits for the policy that this answers. */
  letSend({ service, conditions }: Sender): CfnQueuePolicy {
    const send = new PolicyStatement({
      sid: 'FromItsSender',
      principals: [new ServicePrincipal(service)],
      actions: ['sqs:SendMessage'],
      resources: [this.arn],
      conditions,
    });
    return this.#protect(send);
  }

  /** SQS itself moves messages here, and needs no permission for it. */
  letOnlySqsSend(): void {
    this.#protect();
  }

  #protect(...allowed: readonly PolicyStatement[]): CfnQueuePolicy {
    const onlyOverTls = new PolicyStatement({
      sid: 'OnlyOverTls',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:*'],
      resources: [this.arn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    return new CfnQueuePolicy(this, 'Policy', {
      queues: [this.queue.ref],
      policyDocument: new PolicyDocument({ statements: [...allowed, onlyOverTls] }),
    });
  }

  /** Gives the messages to a function in batches; it says which of them have to come again. */
  feed(target: HandlerFunction): void {
    target.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.arn);
    const mapping = new CfnEventSourceMapping(this, 'Mapping', {
      eventSourceArn: this.arn,
      functionName: target.name,
      batchSize: BATCH_MESSAGES,
      ...(this.#isDelayed ? { maximumBatchingWindowInSeconds: BATCH_WINDOW_SECONDS } : {}),
      functionResponseTypes: ['ReportBatchItemFailures'],
      // A call that Lambda throttles counts as a receive: messages would go to the dead letters without having been tried.
      ...(target.reservedConcurrency === null
        ? {}
        : { scalingConfig: { maximumConcurrency: target.reservedConcurrency } }),
    });
    // Lambda checks at once whether the function may read the queue.
    mapping.node.addDependency(target.policy);
  }
}

const redriveTo = ({ arn }: RecoveryQueue) => ({
  visibilityTimeout: VISIBILITY_SECONDS,
  redrivePolicy: { deadLetterTargetArn: arn, maxReceiveCount: MAX_RECEIVES },
});
