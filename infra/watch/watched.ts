import type { Settings } from '../settings.ts';

/** What the alarms and the dashboard look at. */
export type Watched = {
  readonly stackName: string;
  readonly stateMachineArn: string;
  readonly apiId: string;
  readonly deadLetterQueueName: string;
  readonly executionsDeadLetterQueueName: string;
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

/** The metrics of one deployment, for its alarms and its dashboard. */
export type Metrics = {
  readonly own: (name: OwnMetric) => Metric;
  readonly execution: (name: string) => Metric;
  readonly api: (name: string) => Metric;
  /** Of the queue of new records. */
  readonly deadLetters: Metric;
  readonly executionsDeadLetters: Metric;
  /** Of all functions of the account in this region: they share one concurrency. */
  readonly throttledCalls: Metric;
  /** Of the account, too: its quota is 300 a second in most regions. */
  readonly throttledStarts: Metric;
};

export function metricsOf(watched: Watched): Metrics {
  const metric =
    (namespace: string, dimensions: Metric['dimensions']) =>
    (metricName: string): Metric => ({ namespace, metricName, dimensions });
  const messagesIn = (QueueName: string): Metric =>
    metric('AWS/SQS', { QueueName })('ApproximateNumberOfMessagesVisible');
  return {
    own: metric(watched.namespace, {}),
    execution: metric('AWS/States', { StateMachineArn: watched.stateMachineArn }),
    api: metric('AWS/AppSync', { GraphQLAPIId: watched.apiId }),
    deadLetters: messagesIn(watched.deadLetterQueueName),
    executionsDeadLetters: messagesIn(watched.executionsDeadLetterQueueName),
    throttledCalls: metric('AWS/Lambda', {})('Throttles'),
    throttledStarts: metric('AWS/States', { APIName: 'StartExecution' })('ThrottledEvents'),
  };
}
