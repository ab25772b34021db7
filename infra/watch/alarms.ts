import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarmTopic.ts';

export type AlarmsProps = {
  readonly stateMachineArn: string;
  readonly deadLetterQueueName: string;
  /** Null: the alarms ring in the console alone. */
  readonly email: string | null;
};

const PERIOD_SECONDS = 300;

/** What somebody has to look at: an order that failed, an event that nobody could handle, a status that nobody heard. */
export class Alarms extends Construct {
  readonly #actions: readonly string[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#actions = props.email === null ? [] : [new AlarmTopic(this, 'Topic', { email: props.email }).arn];
    this.#add('ExecutionsFailed', {
      alarmDescription: 'An order ended as FAILED: read the error of its execution.',
      namespace: 'AWS/States',
      metricName: 'ExecutionsFailed',
      dimensions: [{ name: 'StateMachineArn', value: props.stateMachineArn }],
      statistic: 'Sum',
    });
    this.#add('DeadLettersWaiting', {
      alarmDescription: 'An event could not be handled: it waits in the dead-letter queue.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: props.deadLetterQueueName }],
      statistic: 'Maximum',
    });
    this.#add('PublishFailures', {
      alarmDescription: 'A status was stored, but its subscribers did not hear of it.',
      // Functions write it into their log (embedded metric format), see functions/aws/publishStatus.ts.
      namespace: 'Countersign',
      metricName: 'PublishFailed',
      statistic: 'Sum',
    });
  }

  #add(id: string, what: Measured): void {
    new CfnAlarm(this, id, {
      ...what,
      ...(this.#actions.length === 0 ? {} : { alarmActions: [...this.#actions] }),
      period: PERIOD_SECONDS,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    });
  }
}

type Measured = {
  readonly alarmDescription: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: CfnAlarm.DimensionProperty[];
  readonly statistic: 'Sum' | 'Maximum';
};
