import { randomUUID } from 'node:crypto';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { countedBetween, type Counts } from '@countersign/local-cloud/testing';
import { beforeAll, expect, test } from 'vitest';
import { executionArnOf, startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { follow } from '../support/follow.ts';
import { ask, confirmOrder } from '../support/graphql.ts';

// What one order may cost, counted by the local cloud itself. A change that makes more calls of AWS fails here.

let cloud: LocalCloud;
let sfn: SFNClient;
beforeAll(async () => {
  cloud = await startLocalCloud();
  sfn = new SFNClient(cloud.client());
  return cloud.remove;
});

/** Of the order's own calls: those that the test makes to watch it are left out. */
const WATCHING = ['stepFunctions.DescribeExecution', 'stepFunctions.GetExecutionHistory'];

/** Of three orders the one that took least: on a busy machine a call may be tried again, and writes side by side be two commits. */
async function countBest(action: () => Promise<unknown>): Promise<Counts> {
  const counts: Counts[] = [];
  for (let left = 3; left > 0; left -= 1) counts.push(await countDuring(action));
  return counts.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0] ?? { calls: {}, invocations: 0, commits: 0 };
}

const sizeOf = ({ calls, commits }: Counts): number =>
  Object.values(calls).reduce((sum, times) => sum + times, commits);

async function countDuring(action: () => Promise<unknown>): Promise<Counts> {
  const before = await cloud.counts();
  await action();
  const { calls, ...others } = countedBetween(before, await cloud.counts());
  const own = Object.entries(calls).filter(([name]) => !WATCHING.includes(name));
  return { calls: Object.fromEntries(own), ...others };
}

/** An order from its start to the end of its execution, and the states that the execution entered. */
async function runOrder(end: (orderId: string) => Promise<unknown>): Promise<readonly string[]> {
  const orderId = randomUUID();
  const live = await follow(cloud.outputs(), orderId);
  await mutate('processOrder', { orderId, orderDetails: 'ten chairs' });
  await live.until('PAUSED');
  await end(orderId);
  const executionArn = executionArnOf(cloud.outputs(), orderId);
  let status: string | undefined = 'RUNNING';
  while (status === 'RUNNING') ({ status } = await sfn.send(new DescribeExecutionCommand({ executionArn })));
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
}

const MUTATIONS = {
  processOrder: 'mutation ($input: ProcessOrderInput!) { processOrder(input: $input) { status } }',
  confirmOrder: 'mutation ($input: ConfirmOrderInput!) { confirmOrder(input: $input) { status } }',
  cancelOrder: 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { status } }',
} as const;

const mutate = (mutation: keyof typeof MUTATIONS, input: object) =>
  ask(cloud.outputs(), MUTATIONS[mutation], { input });
const confirm = (orderId: string) => mutate('confirmOrder', { orderId, isConfirmed: true });
const reject = (orderId: string) => mutate('confirmOrder', { orderId, isConfirmed: false });
const cancel = (orderId: string) => mutate('cancelOrder', { orderId });

const CALLS = {
  'appsync.graphql': 2, // the client's
  'appsync.publish': 3,
  's3.DeleteObject': 1,
  's3.GetObject': 5,
  's3.PutObject': 6,
  'stepFunctions.SendTaskFailure': 1,
  'stepFunctions.StartExecution': 1,
};
const { 'stepFunctions.SendTaskFailure': _, ...WITHOUT_FAILURE } = CALLS;
const CONFIRMED_CALLS = { ...WITHOUT_FAILURE, 'appsync.publish': 4, 'stepFunctions.SendTaskSuccess': 1 };

// The first test: the net has no other order to read.
test('the safety net reads an order once for its request and its decision, and does nothing more', async () => {
  await runOrder(confirm);
  const { calls } = await cloud.counts();

  const counts = await countDuring(async () => {
    await cloud.advance('PT36S'); // the delay of the queue and the window of a batch
    while ((await cloud.counts()).calls['s3.GetObject'] === calls['s3.GetObject']) continue;
  });

  expect(counts.calls).toEqual({ 's3.GetObject': 1 });
  expect(counts.invocations).toBe(1);
});

test.each([
  ['confirmed', confirm, 'CompleteOrder', CONFIRMED_CALLS],
  ['rejected', reject, 'RejectOrder', CALLS],
  ['cancelled', cancel, 'CancelOrder', CALLS],
] as const)(
  'an order that is %s enters three states and makes these calls',
  async (_how, end, last, calls) => {
    let states: readonly string[] = [];

    const counts = await countBest(async () => {
      states = await runOrder(end);
    });

    expect(states).toEqual(['ProcessOrder', 'WaitForConfirmation', last]);
    expect(counts.calls).toEqual(calls);
    expect(counts.invocations).toBe(5); // two of the API, three states
    expect(counts.commits).toBeLessThanOrEqual(8);
  },
);

test('asking for the details with a decision costs one read more', async () => {
  const counts = await countBest(() =>
    runOrder((orderId) => confirmOrder(cloud.outputs(), { orderId, isConfirmed: true })),
  );

  expect(counts.calls).toEqual({ ...CONFIRMED_CALLS, 's3.GetObject': 6 });
});
