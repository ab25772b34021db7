import type { Deployment } from '../parseTemplate.ts';
import type { OrderUsage } from './countOrder.ts';
import { PRICES } from './prices.ts';
import {
  OWN_METRICS,
  CONNECTED_MINUTES,
  LOGGED_BYTES_AT_ALL,
  LOGGED_BYTES_PER_OPERATION,
  MESSAGES_PER_BATCH,
  POLLS_PER_MONTH,
  WARM_RUN_SECONDS,
} from './assumptions.ts';

export type CostLine = { readonly what: string; readonly count: number; readonly dollars: number };

const MILLION = 1_000_000;
const QUEUE_CALLS = 2; // a batch is received and deleted
const SOCKET_CALLS = 2; // a subscriber connects and subscribes

/** What a million orders cost of the kind that was counted. */
export function costOf(deployment: Deployment, usage: OrderUsage): readonly CostLine[] {
  const line = (what: string, count: number, price: number): CostLine => ({
    what,
    count,
    dollars: count * price * MILLION,
  });
  const calls = (...names: readonly string[]) =>
    names.reduce((sum, name) => sum + (usage.calls[name] ?? 0), 0);
  const batches = usage.messages / MESSAGES_PER_BATCH;
  const runs = usage.runs + batches;
  return [
    line('Step Functions: transitions', countTransitions(deployment), PRICES.stateTransition),
    line('S3: writes and lists', calls('s3.PutObject', 's3.ListObjectsV2'), PRICES.objectWrite),
    line('S3: reads', calls('s3.GetObject', 's3.HeadObject'), PRICES.objectRead),
    line('S3: deletions and lifecycle', calls('s3.DeleteObject'), 0),
    line('SQS: requests', usage.messages + QUEUE_CALLS * batches, PRICES.queueRequest),
    line('AppSync: operations', calls('appsync.graphql', 'appsync.publish'), PRICES.apiOperation),
    line('AppSync: realtime updates', usage.events + SOCKET_CALLS, PRICES.realtimeUpdate),
    line('AppSync: connection minutes', CONNECTED_MINUTES, PRICES.connectionMinute),
    line('Lambda: runs', runs, PRICES.functionCall + secondsPrice(deployment)),
    line('CloudWatch: log bytes', usage.logBytes + loggedBytes(deployment), logPrice('STANDARD')),
    line(
      'CloudWatch: bytes of the log of the API',
      calls('appsync.graphql', 'appsync.publish') * LOGGED_BYTES_PER_OPERATION,
      logPrice(deployment.apiLogClass),
    ),
  ];
}

/** What a month costs whatever the number of orders, before the free tier. */
export function monthlyCostOf({ alarms, dashboards, queuesRead, isTraced }: Deployment): readonly CostLine[] {
  const line = (what: string, count: number, price: number) => ({ what, count, dollars: count * price });
  return [
    line('CloudWatch: alarms', alarms, PRICES.alarm),
    line('CloudWatch: metrics of its own', OWN_METRICS, PRICES.metric),
    line('CloudWatch: dashboards', dashboards, PRICES.dashboard),
    line('SQS: Lambda looks for messages', queuesRead * POLLS_PER_MONTH, PRICES.queueRequest),
    line('X-Ray: at most a trace a second', isTraced ? SECONDS_PER_MONTH : 0, PRICES.trace),
  ];
}

const SECONDS_PER_MONTH = 2_628_000;

/** States from the start to the end, when nothing is caught: AWS bills each entry. */
export function countTransitions({ states, startAt }: Deployment): number {
  const way: string[] = [];
  let next: string | undefined = startAt;
  while (next !== undefined && !way.includes(next)) {
    way.push(next);
    next = states[next]?.Next;
  }
  return way.length;
}

/** Of the functions, on average. */
function secondsPrice({ functions }: Deployment): number {
  const prices = functions.map(
    ({ gigabytes, architecture }) => gigabytes * PRICES.functionGigabyteSecond[architecture],
  );
  return (prices.reduce((sum, price) => sum + price, 0) / prices.length) * WARM_RUN_SECONDS;
}

const logPrice = (logClass: Deployment['apiLogClass']): number => PRICES.logGigabyte[logClass] / 1e9;

/** Step Functions' own lines of an order that goes well. */
const loggedBytes = ({ logLevel }: Deployment): number => (logLevel === 'ALL' ? LOGGED_BYTES_AT_ALL : 0);
