import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarmTopic.ts';
import {
  apiMetric,
  deadLetters,
  executionMetric,
  ownMetric,
  throttledCalls,
  throttledStarts,
  type Metric,
  type Watched,
} from './watched.ts';

export type AlarmsProps = {
  readonly watched: Watched;
  /** Null: the alarms ring in the console alone. */
  readonly email: string | null;
};

const PERIOD_SECONDS = 300;
const MANY = 10; // throttled calls are tried again: a few in five minutes are the normal end of a burst

type Kind = {
  /** What it means; docs/operations.md says what to do. */
  readonly means: string;
  readonly metric: (watched: Watched) => Metric;
  readonly statistic?: 'Sum' | 'Maximum';
  readonly threshold?: number;
};

/** Everything that a person has to look at. */
const ALARMS: Readonly<Record<string, Kind>> = {
  ExecutionsFailed: {
    means: 'An order ended as FAILED: read the error of its execution.',
    metric: (watched) => executionMetric(watched, 'ExecutionsFailed'),
  },
  ExecutionsAborted: {
    means: 'An execution was stopped by hand, and its order was closed as FAILED.',
    metric: (watched) => executionMetric(watched, 'ExecutionsAborted'),
  },
  ExecutionsTimedOut: {
    means: 'An execution ran out of time, and its order was closed as FAILED.',
    metric: (watched) => executionMetric(watched, 'ExecutionsTimedOut'),
  },
  DeadLettersWaiting: {
    means: 'An event could not be handled: it waits in the dead-letter queue.',
    metric: deadLetters,
    statistic: 'Maximum',
  },
  WakeUpsFailed: {
    means: 'A decision is stored, but its execution could not be told: the safety net will try again.',
    metric: (watched) => ownMetric(watched, 'WakeUpFailed'),
  },
  DecisionsResumed: {
    means: 'No execution had taken up a decision until the safety net resumed it.',
    metric: (watched) => ownMetric(watched, 'DecisionsResumed'),
  },
  PublishFailures: {
    means: 'A status was stored, but could not be published to its subscribers.',
    metric: (watched) => ownMetric(watched, 'PublishFailed'),
  },
  RequestsFailed: {
    means: 'A request was answered with InternalError: its message names the id to look for in the log.',
    metric: (watched) => ownMetric(watched, 'RequestsFailed'),
  },
  ApiErrors: {
    means: 'AppSync itself failed to answer a request.',
    metric: (watched) => apiMetric(watched, '5XXError'),
  },
  CallsThrottled: {
    means: 'Lambda throttles functions of this account: raise the quota of concurrent executions.',
    metric: () => throttledCalls,
    threshold: MANY,
  },
  StartsThrottled: {
    means: 'Step Functions throttles new executions of this account: raise the quota of StartExecution.',
    metric: () => throttledStarts,
    threshold: MANY,
  },
};

/** The alarms, each with an action when there is somebody to tell. */
export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { watched, email }: AlarmsProps) {
    super(scope, id);
    const actions = email === null ? {} : { alarmActions: [new AlarmTopic(this, 'Topic', { email }).arn] };
    this.arns = Object.entries(ALARMS).map(([name, kind]) => {
      const { namespace, metricName, dimensions } = kind.metric(watched);
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
