import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarmTopic.ts';
import { metricsOf, type Metric, type Metrics, type Watched } from './watched.ts';

export type AlarmsProps = {
  readonly watched: Watched;
  /** Null: the alarms show in the console only. */
  readonly email: string | null;
};

const PERIOD_SECONDS = 300;
const MANY = 10; // throttled calls are tried again: a few in five minutes are the normal end of a burst

type Kind = {
  /** What it means; docs/operations.md says what to do. */
  readonly means: string;
  readonly metric: (metrics: Metrics) => Metric;
  readonly statistic?: 'Sum' | 'Maximum';
  readonly threshold?: number;
};

/** Everything that a person has to look at. */
const ALARMS: Readonly<Record<string, Kind>> = {
  ExecutionsFailed: {
    means: 'An order ended as FAILED: read the error of its execution.',
    metric: ({ execution }) => execution('ExecutionsFailed'),
  },
  ExecutionsAborted: {
    means: 'An execution was stopped by hand, and its order was closed as FAILED.',
    metric: ({ execution }) => execution('ExecutionsAborted'),
  },
  ExecutionsTimedOut: {
    means: 'An execution ran out of time, and its order was closed as FAILED.',
    metric: ({ execution }) => execution('ExecutionsTimedOut'),
  },
  DeadLettersWaiting: {
    means: 'A new request or decision could not be handled: its message waits in the dead-letter queue.',
    metric: ({ deadLetters }) => deadLetters,
    statistic: 'Maximum',
  },
  ExecutionsDeadLettersWaiting: {
    means: 'The end of an execution could not be handled: its event waits in a dead-letter queue.',
    metric: ({ executionsDeadLetters }) => executionsDeadLetters,
    statistic: 'Maximum',
  },
  WakeUpsFailed: {
    means: 'A decision is stored, but its execution could not be woken: the safety net will try again.',
    metric: ({ own }) => own('WakeUpFailed'),
  },
  DecisionsResumed: {
    means: 'The safety net had to resume an order whose execution had not acted on its decision.',
    metric: ({ own }) => own('DecisionsResumed'),
  },
  PublishFailures: {
    means: 'A status was stored, but could not be published to its subscribers.',
    metric: ({ own }) => own('PublishFailed'),
  },
  RequestsFailed: {
    means: 'A request was answered with InternalError: its message names the id to look for in the log.',
    metric: ({ own }) => own('RequestsFailed'),
  },
  ApiErrors: {
    means: 'AppSync itself failed to answer a request.',
    metric: ({ api }) => api('5XXError'),
  },
  CallsThrottled: {
    means: 'Lambda throttles functions of this account: raise the quota of concurrent executions.',
    metric: ({ throttledCalls }) => throttledCalls,
    threshold: MANY,
  },
  StartsThrottled: {
    means: 'Step Functions throttles new executions of this account: raise the quota of StartExecution.',
    metric: ({ throttledStarts }) => throttledStarts,
    threshold: MANY,
  },
};

/** The alarms, each with an action when there is somebody to tell. */
export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { watched, email }: AlarmsProps) {
    super(scope, id);
    const actions = email === null ? {} : { alarmActions: [new AlarmTopic(this, 'Topic', { email }).arn] };
    const metrics = metricsOf(watched);
    this.arns = Object.entries(ALARMS).map(([name, kind]) => {
      const { namespace, metricName, dimensions } = kind.metric(metrics);
      const alarm = new CfnAlarm(this, name, {
        alarmDescription: kind.means,
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
        statistic: kind.statistic ?? 'Sum',
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        threshold: kind.threshold ?? 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
        ...actions,
      });
      return alarm.attrArn;
    });
  }
}
