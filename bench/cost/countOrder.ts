import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedBetween, type Counts, postGraphql, type TestCloud } from '@countersign/local-cloud/testing';
import { OPERATIONS } from '../../client/operations.ts';
import { outputsOf } from '../cloud.ts';
import { subscribe } from '../realtime.ts';

/** What one order did that was followed, looked at once and confirmed, a minute after it had paused. */
export type OrderUsage = {
  /** Calls of services by `service.Operation`, those of the safety net included. */
  readonly calls: Readonly<Record<string, number>>;
  /** Runs of functions, but for the safety net's. */
  readonly runs: number;
  /** S3's messages to the safety net. Each comes in a batch of its own here, so that it is a run as well. */
  readonly messages: number;
  /** Messages to the order's subscriber. */
  readonly events: number;
  /** What its functions wrote into their logs. */
  readonly logBytes: number;
};

const DOCUMENTS = {
  processOrder:
    'mutation ($orderId: ID!) { processOrder(input: { orderId: $orderId, orderDetails: "chairs" }) { status } }',
  /** As the client's `watchOrder` asks after it has subscribed. */
  history: OPERATIONS.history.document,
  confirmOrder:
    'mutation ($orderId: ID!) { confirmOrder(input: { orderId: $orderId, isConfirmed: true }) { status } }',
};
/** Longer than the delay of the safety net's queue and the window of a batch. */
const NET_DELAY = 'PT40S';

/** Counts what the local cloud sees of one order. The cloud needs its test controls, and nothing else to do. */
export async function countOrder(cloud: TestCloud): Promise<OrderUsage> {
  await runOrder(cloud, 'first'); // each function has run once: what an instance does at its start is not counted
  const [before, logBytes] = [await cloud.counts(), logBytesOf(cloud)];
  const { net, events } = await runOrder(cloud, 'counted');
  const { calls, invocations } = countedBetween(before, await cloud.counts());
  const messages = net.reduce((sum, counts) => sum + counts.invocations, 0);
  return { calls, runs: invocations - messages, messages, events, logBytes: logBytesOf(cloud) - logBytes };
}

type Run = { readonly net: readonly Counts[]; readonly events: number };

async function runOrder(cloud: TestCloud, id: string): Promise<Run> {
  const heard = listenFor();
  const socket = await subscribe(outputsOf(cloud), 1, ({ status }) => heard.take(status));
  await ask(cloud, DOCUMENTS.processOrder, id);
  await heard.until('PAUSED');
  await ask(cloud, DOCUMENTS.history, id);
  const afterRequest = await letNetRun(cloud);
  await ask(cloud, DOCUMENTS.confirmOrder, id);
  await heard.until('COMPLETED');
  const afterDecision = await letNetRun(cloud);
  socket.terminate();
  return { net: [afterRequest, afterDecision], events: heard.count() };
}

/** Lets the delay of the safety net pass, and answers what it did. */
async function letNetRun(cloud: TestCloud): Promise<Counts> {
  const before = await cloud.counts();
  const reads = ({ calls }: Counts) => calls['s3.GetObject'] ?? 0;
  await cloud.advance(NET_DELAY);
  while (reads(await cloud.counts()) === reads(before)) continue;
  return countedBetween(before, await cloud.counts());
}

function listenFor() {
  const heard: string[] = [];
  let look = () => {};
  return {
    take: (status: string) => {
      heard.push(status);
      look();
    },
    count: () => heard.length,
    until: (status: string): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          if (heard.includes(status)) resolve();
        };
        look();
      }),
  };
}

async function ask(cloud: TestCloud, query: string, id: string): Promise<void> {
  const { GraphQLUrl: graphqlUrl, ApiKey } = outputsOf(cloud);
  const text = JSON.stringify({ query, variables: { orderId: id } });
  const { body } = await postGraphql({ graphqlUrl }, text, { 'x-api-key': ApiKey });
  if (body?.errors !== undefined) throw new Error(`An order could not be counted: ${JSON.stringify(body)}`);
}

function logBytesOf({ data }: TestCloud): number {
  const folder = join(data, 'logs');
  return readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
}
