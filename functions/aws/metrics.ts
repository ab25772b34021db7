import { metricsNamespace } from './environment.ts';
import { subject } from './log.ts';

/** Every metric of the functions, with CloudWatch's unit; the alarms and the dashboard in infra/ watch them by name. */
const UNITS = {
  /** Orders that entered their pause. */
  OrdersPaused: 'Count',
  /** How long an order is paused already, at its first pause and at each reminder. */
  PauseAge: 'Seconds',
  /** From the first pause to the decision. */
  TimeToDecision: 'Seconds',
  /** A status that was stored and not published. */
  PublishFailed: 'Count',
  /** A decision that was stored while its execution could not be woken. */
  WakeUpFailed: 'Count',
  /** A decision that no execution had taken up until the safety net resumed it. */
  DecisionsResumed: 'Count',
  /** A request that was answered with InternalError. */
  RequestsFailed: 'Count',
} as const;

export type Metric = keyof typeof UNITS;

/**
 * Writes one line in CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * The order's id is a property of the line and not a dimension, because each value of a dimension is a metric to pay for.
 */
export function emitMetrics(values: Readonly<Partial<Record<Metric, number>>>): void {
  const metrics = Object.entries(UNITS)
    .filter(([name]) => name in values)
    .map(([Name, Unit]) => ({ Name, Unit }));
  const directive = { Namespace: metricsNamespace(), Dimensions: [[]], Metrics: metrics };
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
  // Lambda's console would wrap the line into its own JSON, where CloudWatch does not look for metrics.
  process.stdout.write(`${JSON.stringify({ _aws, ...subject(), ...values })}\n`);
}
