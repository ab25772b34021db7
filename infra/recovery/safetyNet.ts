import { Aws } from 'aws-cdk-lib/core';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { HandlerFunction } from '../handlerFunction.ts';
import type { RecoveryHandler } from '../handlers.ts';
import { RecoveryQueue } from './recoveryQueue.ts';

export type WatchProps = {
  readonly functions: Readonly<Record<RecoveryHandler, HandlerFunction>>;
  readonly stateMachineArn: string;
};

const SETTLE_SECONDS = 30; // by then an order that is well has moved on, and one read of it shows that
const DAY_SECONDS = 86_400;
const DELIVERIES = 185; // EventBridge's most, spread over a day

/**
 * Starts, resumes or closes what a crash left undone. Messages come from the bucket of records, half a minute late, and from
 * executions that failed. What cannot be handled ends in a dead-letter queue, from which SQS's own redrive takes it back. There
 * is one for each queue: of what EventBridge puts there itself, SQS does not know where to take it back to.
 */
export class SafetyNet extends Construct {
  /** Hears of every new request and decision. */
  readonly records: RecoveryQueue;
  /** The bucket's notifications wait for it. It names the account and not the bucket, which names the queue. */
  readonly recordsPolicy: CfnQueuePolicy;
  /** What was received too often from `records`. */
  readonly deadLetters: RecoveryQueue;
  readonly executions: RecoveryQueue;
  /** What was received too often from `executions`, or did not get there. */
  readonly executionsDeadLetters: RecoveryQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const last = { delaySeconds: 0, deadLetters: null };
    const deadLetters = new RecoveryQueue(this, 'DeadLetters', last);
    deadLetters.letOnlySqsSend();
    this.records = new RecoveryQueue(this, 'Records', { delaySeconds: SETTLE_SECONDS, deadLetters });
    this.recordsPolicy = this.records.letSend({
      service: 's3.amazonaws.com',
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    this.deadLetters = deadLetters;
    this.executionsDeadLetters = new RecoveryQueue(this, 'ExecutionsDeadLetters', last);
    this.executions = new RecoveryQueue(this, 'Executions', {
      delaySeconds: 0,
      deadLetters: this.executionsDeadLetters,
    });
  }

  /** Puts a function behind each queue, and sends executions that failed. */
  watch({ functions, stateMachineArn }: WatchProps): void {
    this.records.feed(functions['recovery/recordsCreated']);
    this.executions.feed(functions['recovery/executionEnded']);
    const rule = this.#sendEndedExecutions(stateMachineArn);
    const fromRule = { ArnEquals: { 'aws:SourceArn': rule.attrArn } };
    for (const queue of [this.executions, this.executionsDeadLetters])
      queue.letSend({ service: 'events.amazonaws.com', conditions: fromRule });
  }

  #sendEndedExecutions(stateMachineArn: string): CfnRule {
    return new CfnRule(this, 'ExecutionEnded', {
      eventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachineArn], status: ['FAILED', 'ABORTED', 'TIMED_OUT'] },
      },
      targets: [
        {
          id: 'executions',
          arn: this.executions.arn,
          retryPolicy: { maximumRetryAttempts: DELIVERIES, maximumEventAgeInSeconds: DAY_SECONDS },
          deadLetterConfig: { arn: this.executionsDeadLetters.arn },
        },
      ],
    });
  }
}
