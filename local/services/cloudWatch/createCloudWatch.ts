import { jsonAnswer } from '../../wire/jsonAnswer.ts';
import type { CloudEvent } from '../events/events.ts';
import type { CloudWatch, Datum, Statistics } from './cloudWatch.ts';
import { parseEmbeddedMetrics } from './parseEmbeddedMetrics.ts';

const MAX_METRICS = 10_000; // a dimension with a value for each order would fill the memory

/** How Step Functions names the end of an execution in its own metrics. */
const OF_STATUS = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  ABORTED: 'ExecutionsAborted',
  TIMED_OUT: 'ExecutionsTimedOut',
} as const;

/** The metrics since the process began. They are in memory only. */
export function createCloudWatch(): CloudWatch {
  const metrics = new Map<string, Statistics>();

  function add({ value, ...datum }: Datum): void {
    const key = JSON.stringify([datum.namespace, datum.name, datum.dimensions]);
    const known = metrics.get(key);
    if (known === undefined && metrics.size >= MAX_METRICS) return;
    metrics.set(key, { ...datum, ...include(known ?? NOTHING, value) });
  }
  const statistics = () => [...metrics.values()].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return {
    takeLogLine: (line) => {
      const data = parseEmbeddedMetrics(line);
      data?.forEach(add);
      return data !== null;
    },
    takeEvent: (event) => {
      const datum = executionDatum(event);
      if (datum !== null) add(datum);
    },
    statistics,
    handle: () => jsonAnswer(200, { metrics: statistics() }, { 'cache-control': 'no-store' }),
  };
}

const NOTHING = { count: 0, sum: 0, minimum: Infinity, maximum: -Infinity };

const include = (known: typeof NOTHING, value: number) => ({
  count: known.count + 1,
  sum: known.sum + value,
  minimum: Math.min(known.minimum, value),
  maximum: Math.max(known.maximum, value),
  latest: value,
});

const nameOf = ({ namespace, name, dimensions }: Statistics): string =>
  `${namespace}/${name}/${JSON.stringify(dimensions)}`;

function executionDatum({ source, detailType, detail }: CloudEvent): Datum | null {
  if (source !== 'aws.states' || detailType !== 'Step Functions Execution Status Change') return null;
  const name = Object.entries(OF_STATUS).find(([status]) => status === detail['status'])?.[1];
  if (name === undefined) return null;
  const dimensions = { StateMachineArn: String(detail['stateMachineArn']) };
  return { namespace: 'AWS/States', name, unit: 'Count', dimensions, value: 1 };
}
