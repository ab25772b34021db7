import { Aws, Stack } from 'aws-cdk-lib/core';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricsOf, type Metric, type Metrics, type OwnMetric, type Watched } from './watched.ts';

const WIDTH = 8; // a third of the dashboard
const HEIGHT = 6;
const ACROSS = 3;

type Line = { readonly metric: Metric; readonly stat: string; readonly period?: number };
type Widget = { readonly title: string; readonly lines: readonly Line[] };

const DAY_SECONDS = 86_400;

/** One page that says whether orders move: what waits, what is decided, and what is in trouble. */
export function addDashboard(scope: Construct, watched: Watched, alarmArns: readonly string[]): void {
  const widgets = widgetsOf(metricsOf(watched)).map((widget, index) => ({
    type: 'metric',
    ...place(index),
    properties: {
      title: widget.title,
      region: Aws.REGION,
      metrics: widget.lines.map(metricLine),
    },
  }));
  const alarms = {
    type: 'alarm',
    ...place(widgets.length),
    properties: { title: 'Alarms', alarms: alarmArns },
  };
  new CfnDashboard(scope, 'Dashboard', {
    // Dashboards of all regions share their names.
    dashboardName: `${watched.stackName}-${Aws.REGION}`,
    dashboardBody: Stack.of(scope).toJsonString({ widgets: [...widgets, alarms] }),
  });
}

function widgetsOf(metrics: Metrics): readonly Widget[] {
  const line =
    (stat: string) =>
    (metric: Metric): Line => ({ metric, stat });
  const [sum, maximum] = [line('Sum'), line('Maximum')];
  const own = (name: OwnMetric, stat: string): Line => line(stat)(metrics.own(name));
  const executions = (name: string): Line => sum(metrics.execution(name));
  return [
    {
      title: 'Orders',
      lines: [executions('ExecutionsStarted'), own('OrdersPaused', 'Sum'), executions('ExecutionsSucceeded')],
    },
    {
      // Each reminder reports its order's age, so the longest of a day is the oldest pause of all.
      title: 'Oldest pause, seconds',
      lines: [{ ...own('PauseAge', 'Maximum'), period: DAY_SECONDS }],
    },
    {
      title: 'Time to decision, seconds',
      lines: [own('TimeToDecision', 'p50'), own('TimeToDecision', 'p90'), own('TimeToDecision', 'Maximum')],
    },
    {
      title: 'Orders that failed',
      lines: ['ExecutionsFailed', 'ExecutionsAborted', 'ExecutionsTimedOut'].map(executions),
    },
    {
      title: 'Made up for',
      lines: [
        own('WakeUpFailed', 'Sum'),
        own('DecisionsResumed', 'Sum'),
        own('PublishFailed', 'Sum'),
        maximum(metrics.deadLetters),
        maximum(metrics.executionsDeadLetters),
      ],
    },
    {
      title: 'Requests that failed',
      lines: [own('RequestsFailed', 'Sum'), sum(metrics.api('5XXError')), sum(metrics.api('4XXError'))],
    },
    {
      title: 'Latency of the API, ms',
      lines: ['p50', 'p99'].map((stat) => line(stat)(metrics.api('Latency'))),
    },
    { title: 'Throttled', lines: [metrics.throttledCalls, metrics.throttledStarts].map(sum) },
  ];
}

function metricLine({ metric, stat, period }: Line): readonly unknown[] {
  const dimensions = Object.entries(metric.dimensions).flat();
  return [
    metric.namespace,
    metric.metricName,
    ...dimensions,
    { stat, ...(period === undefined ? {} : { period }) },
  ];
}

const place = (index: number): object => ({
  x: (index % ACROSS) * WIDTH,
  y: Math.floor(index / ACROSS) * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
});
