import type { Deployment } from '../parseTemplate.ts';
import { PRICES } from './prices.ts';
import {
  LOG_BYTES_PER_CALL,
  LOG_BYTES_PER_ORDER,
  MESSAGES_PER_BATCH,
  RECORD_MESSAGES,
  SUBSCRIBER,
  USAGE,
  WARM_CALL_SECONDS,
} from './usage.ts';

export type CostLine = { readonly what: string; readonly count: number; readonly dollarsPerMillion: number };

const MILLION = 1_000_000;
const CLIENT_OPERATIONS = 3; // processOrder, order, confirmOrder
const QUEUE_CALLS = 2; // a batch is received and deleted

const total = (field: keyof (typeof USAGE)[string]): number =>
  Object.values(USAGE).reduce((sum, usage) => sum + usage[field], 0);

/** What one order costs that is confirmed, times a million. */
export function costOf(deployment: Deployment): readonly CostLine[] {
  const line = (what: string, count: number, price: number): CostLine => ({
    what,
    count,
    dollarsPerMillion: count * price * MILLION,
  });
  const updates = total('publishes') + SUBSCRIBER.webSocketOperations;
  return [
    line('Step Functions: transitions', countTransitions(deployment), PRICES.stateTransition),
    line('S3: writes', total('writes'), PRICES.objectWrite),
    line('S3: reads', total('reads'), PRICES.objectRead),
    line(
      'SQS: requests',
      RECORD_MESSAGES + (QUEUE_CALLS * RECORD_MESSAGES) / MESSAGES_PER_BATCH,
      PRICES.queueRequest,
    ),
    line('AppSync: operations', CLIENT_OPERATIONS + total('publishes'), PRICES.apiOperation),
    line('AppSync: realtime updates', updates, PRICES.realtimeUpdate),
    line('AppSync: connection minutes', SUBSCRIBER.connectedMinutes, PRICES.connectionMinute),
    line('Lambda: calls', total('calls'), PRICES.functionCall + secondsPrice(deployment)),
    line('CloudWatch: log bytes', countLogBytes(deployment), PRICES.logGigabyte / 1e9),
  ];
}

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

/** Of the functions that run, on average. */
function secondsPrice({ functions }: Deployment): number {
  const prices = functions
    .filter(({ source }) => Object.hasOwn(USAGE, source))
    .map(({ gigabytes, architecture }) => gigabytes * PRICES.functionGigabyteSecond[architecture]);
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
  return mean * WARM_CALL_SECONDS;
}

function countLogBytes({ logLevel }: Deployment): number {
  const orderBytes = logLevel === 'ALL' ? LOG_BYTES_PER_ORDER.ALL : LOG_BYTES_PER_ORDER.ERROR;
  return orderBytes + total('calls') * LOG_BYTES_PER_CALL;
}
