import type { Settings } from '../settings.ts';

/** What the alarms and the dashboard look at. */
export type Watched = {
  readonly stackName: string;
  readonly stateMachineArn: string;
  readonly apiId: string;
  readonly deadLetterQueueName: string;
  /** Of the metrics that the functions write themselves: see functions/aws/metrics.ts. */
  readonly namespace: string;
};

/** A stage has a namespace of its own, so that its metrics and alarms are not those of another. */
export const metricsNamespace = ({ stage }: Settings): string =>
  stage === null ? 'Countersign' : `Countersign/${stage}`;

export type Metric = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** A metric of the functions; the names are those of functions/aws/metrics.ts, which a test compares. */
export type OwnMetric =
  | 'OrdersPaused'
  | 'PauseAge'
  | 'TimeToDecision'
  | 'PublishFailed'
  | 'WakeUpFailed'
  | 'DecisionsResumed'
  | 'RequestsFailed';

export const ownMetric = ({ namespace }: Watched, metricName: OwnMetric): Metric => ({
  namespace,
  metricName,
  dimensions: {},
});

export const executionMetric = ({ stateMachineArn }: Watched, metricName: string): Metric => ({
  namespace: 'AWS/States',
  metricName,
  dimensions: { StateMachineArn: stateMachineArn },
});

export const apiMetric = ({ apiId }: Watched, metricName: string): Metric => ({
  namespace: 'AWS/AppSync',
  metricName,
  dimensions: { GraphQLAPIId: apiId },
});

export const deadLetters = ({ deadLetterQueueName }: Watched): Metric => ({
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: deadLetterQueueName },
});

/** Of all functions of the account in this region: they share one concurrency. */
export const throttledCalls: Metric = { namespace: 'AWS/Lambda', metricName: 'Throttles', dimensions: {} };

/** Of the account, too: its quota is 300 a second in most regions. */
export const throttledStarts: Metric = {
  namespace: 'AWS/States',
  metricName: 'ThrottledEvents',
  dimensions: { APIName: 'StartExecution' },
};
