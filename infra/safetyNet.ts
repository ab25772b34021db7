import { CfnRule } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { HandlerFunction } from './handlerFunction.ts';
import { RECOVERY_HANDLERS, type RecoveryHandler } from './handlers.ts';

export type SafetyNetProps = {
  readonly functions: Readonly<Record<RecoveryHandler, HandlerFunction>>;
  readonly bucketName: string;
  readonly stateMachineArn: string;
};

const DAY_SECONDS = 86_400;
const DELIVERIES = 185; // EventBridge's most, spread over a day
const QUEUE_DAYS = 14; // SQS's most: time to see the alarm after a holiday
const FUNCTION_RETRIES = 2;
const FUNCTION_EVENT_SECONDS = 21_600;

/** Events that start, resume or close what a crash left undone. What cannot be handled ends in a queue, with an alarm. */
export class SafetyNet extends Construct {
  readonly queueName: string;
  readonly #queue: CfnQueue;

  constructor(scope: Construct, id: string, props: SafetyNetProps) {
    super(scope, id);
    this.#queue = new CfnQueue(this, 'DeadLetters', {
      sqsManagedSseEnabled: true,
      messageRetentionPeriod: QUEUE_DAYS * DAY_SECONDS,
    });
    acknowledge(this.#queue, 'SQS3', 'It is the dead-letter queue, of rules and functions.');
    this.queueName = this.#queue.attrQueueName;
    const patterns = patternsOf(props);
    const rules = RECOVERY_HANDLERS.map((handler) =>
      this.#addRule(handler, props.functions[handler], patterns[handler]),
    );
    this.#allowDeadLetters(rules);
  }

  #addRule(handler: RecoveryHandler, target: HandlerFunction, eventPattern: object): CfnRule {
    const name = handler.replace('recovery/', '');
    const rule = new CfnRule(this, `Rule-${name}`, {
      eventPattern,
      targets: [
        {
          id: name,
          arn: target.arn,
          retryPolicy: { maximumRetryAttempts: DELIVERIES, maximumEventAgeInSeconds: DAY_SECONDS },
          deadLetterConfig: { arn: this.#queue.attrArn },
        },
      ],
    });
    new CfnPermission(this, `Permission-${name}`, {
      action: 'lambda:InvokeFunction',
      functionName: target.name,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    this.#keepFailures(name, target);
    return rule;
  }

  /** EventBridge has done its part when Lambda has the event; from there on Lambda retries. */
  #keepFailures(name: string, target: HandlerFunction): void {
    target.allow(['sqs:SendMessage'], this.#queue.attrArn);
    const config = new CfnEventInvokeConfig(this, `Failures-${name}`, {
      functionName: target.name,
      qualifier: '$LATEST',
      maximumRetryAttempts: FUNCTION_RETRIES,
      maximumEventAgeInSeconds: FUNCTION_EVENT_SECONDS,
      destinationConfig: { onFailure: { destination: this.#queue.attrArn } },
    });
    // Lambda checks at once whether the function may write to its destination.
    config.node.addDependency(target.policy);
  }

  #allowDeadLetters(rules: readonly CfnRule[]): void {
    const fromRules = new PolicyStatement({
      sid: 'FromTheRules',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [this.#queue.attrArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rules.map((rule) => rule.attrArn) } },
    });
    const onlyOverTls = new PolicyStatement({
      sid: 'OnlyOverTls',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:*'],
      resources: [this.#queue.attrArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    new CfnQueuePolicy(this, 'Policy', {
      queues: [this.#queue.ref],
      policyDocument: new PolicyDocument({ statements: [fromRules, onlyOverTls] }),
    });
  }
}

function patternsOf({ bucketName, stateMachineArn }: SafetyNetProps): Record<RecoveryHandler, object> {
  const objectCreated = (prefix: string): object => ({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: [bucketName] }, object: { key: [{ prefix }] } },
  });
  return {
    'recovery/requestCreated': objectCreated('requests/'),
    'recovery/decisionCreated': objectCreated('decisions/'),
    'recovery/executionEnded': {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [stateMachineArn], status: ['FAILED', 'ABORTED', 'TIMED_OUT'] },
    },
  };
}
