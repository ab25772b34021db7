import { randomUUID } from 'node:crypto';
import { RedriveExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cancelOrder,
  confirmOrder,
  order,
  pendingOrders,
  processOrder,
  type Answer,
  type Order,
} from '../support/graphql.ts';
import { executionArnOf, startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { pausedOrder, untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;
let sfn: SFNClient;
beforeAll(async () => {
  cloud = await startLocalCloud();
  sfn = new SFNClient(cloud.client());
});
afterAll(async () => {
  sfn.destroy();
  await cloud.remove();
});

const executionOf = (orderId: string) => executionArnOf(cloud.outputs(), orderId);
const stop = (orderId: string) =>
  sfn.send(
    new StopExecutionCommand({ executionArn: executionOf(orderId), error: 'ByHand', cause: 'secret' }),
  );

type Decide = (input: { readonly orderId: string; readonly reason?: string }) => Promise<Order | Refusal>;
type Refusal = NonNullable<Answer<unknown>['errors']>[number];

/** The three decisions that a caller can make: each answers the order, or the one error. */
const DECIDE: Readonly<Record<string, Decide>> = {
  CONFIRMED: async (input) => {
    const { data, errors } = await confirmOrder(cloud.outputs(), { ...input, isConfirmed: true });
    return data?.confirmOrder ?? one(errors);
  },
  REJECTED: async (input) => {
    const { data, errors } = await confirmOrder(cloud.outputs(), { ...input, isConfirmed: false });
    return data?.confirmOrder ?? one(errors);
  },
  CANCELLED: async (input) => {
    const { data, errors } = await cancelOrder(cloud.outputs(), input);
    return data?.cancelOrder ?? one(errors);
  },
};

function one(errors: Answer<unknown>['errors']): Refusal {
  const [error, ...more] = errors ?? [];
  if (error === undefined || more.length > 0) throw new Error(`Not one error: ${JSON.stringify(errors)}`);
  return error;
}

const decide = (kind: string, orderId: string, reason: string) => DECIDE[kind]?.({ orderId, reason });

/** Every way to an end: what brings the order there, and the decision that then stands. */
const WAYS = [
  { end: 'COMPLETED', kind: 'CONFIRMED', steps: ['CONFIRMED', 'COMPLETED'] },
  { end: 'REJECTED', kind: 'REJECTED', steps: ['REJECTED'] },
  { end: 'CANCELLED', kind: 'CANCELLED', steps: ['CANCELLED'] },
  { end: 'EXPIRED', kind: 'EXPIRED', steps: ['EXPIRED'] },
  { end: 'FAILED', kind: 'FAILED', steps: ['FAILED'] },
];

async function bringTo(kind: string, orderId: string): Promise<unknown> {
  if (kind === 'EXPIRED') return cloud.advance('PT96H');
  return kind === 'FAILED' ? stop(orderId) : decide(kind, orderId, 'first');
}

describe.each(WAYS)('an order that has ended as $end', ({ end, kind, steps }) => {
  test('was published live from version 2 to its last, as its history has it', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());

    await bringTo(kind, orderId);
    await live.until(end);
    const ended = await order(cloud.outputs(), orderId);

    const versions = ['PROCESSING', 'PAUSED', ...steps].map((status, index) => [index + 2, status]);
    expect(live.events.map(({ version, status }) => [version, status])).toEqual(versions);
    expect(ended?.history.slice(1)).toEqual(live.events);
    expect(ended).toMatchObject({
      status: end,
      version: steps.length + 3,
      deadline: null,
      decision: { kind },
    });
    const { data } = await pendingOrders(cloud.outputs(), { limit: 100 });
    expect(data?.pendingOrders.items.some((item) => item.orderId === orderId)).toBe(false);
  });

  test('tells every decision which one stands, and stays as it is', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());
    await bringTo(kind, orderId);
    await live.until(end);
    const before = await order(cloud.outputs(), orderId);

    const standing = before?.decision;
    for (const [wanted, send] of Object.entries(DECIDE)) {
      const answer = await send({ orderId, reason: 'too late' });
      const refusal = expect.objectContaining({
        errorType: 'OrderAlreadyDecided',
        errorInfo: { retryable: false, decision: standing },
        message: `Order "${orderId}" was ${kind} at ${standing?.at} and can no longer be ${wanted}.`,
      });
      expect(answer).toEqual(wanted === kind ? before : refusal);
    }
    const again = await processOrder(cloud.outputs(), { orderId });

    expect(again.data?.processOrder).toEqual(before);
    expect(await order(cloud.outputs(), orderId)).toEqual(before);
  });
});

describe.each([
  ['CONFIRMED', 'COMPLETED', 5],
  ['REJECTED', 'REJECTED', 4],
  ['CANCELLED', 'CANCELLED', 4],
] as const)('a decision %s right after the request', (kind, end, version) => {
  test('is acknowledged at once, and the order still pauses before it ends', async () => {
    const orderId = randomUUID();
    await processOrder(cloud.outputs(), { orderId });

    const answer = await decide(kind, orderId, 'early');
    const ended = await untilOrder(cloud.outputs(), orderId, ({ status }) => status === end);

    expect(answer).toMatchObject({ orderId, decision: { kind, reason: 'early' } });
    expect(ended.version).toBe(version);
    expect(ended.history.slice(0, 4).map(({ status }) => status)).toEqual([
      'RECEIVED',
      'PROCESSING',
      'PAUSED',
      kind,
    ]);
  });
});

describe('an order whose execution was stopped by hand', () => {
  test('fails in plain sight, and nothing of what the operator wrote gets out', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());

    await stop(orderId);
    const failed = await live.until('FAILED');

    expect(failed).toMatchObject({ version: 4, reason: 'The execution ended as ABORTED.' });
    expect(JSON.stringify(await order(cloud.outputs(), orderId))).not.toMatch(/ByHand|secret/);
  });

  test('stays failed when it is redriven, and the execution fails again', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs());
    await stop(orderId);
    await live.until('FAILED');
    const before = await order(cloud.outputs(), orderId);

    await sfn.send(new RedriveExecutionCommand({ executionArn: executionOf(orderId) }));
    await expect.poll(() => statusOf(orderId), { timeout: 20_000 }).toBe('FAILED');

    expect(await order(cloud.outputs(), orderId)).toEqual(before);
  });
});

async function statusOf(orderId: string): Promise<unknown> {
  const response = await cloud.fetchSigned({
    service: 'states',
    path: '/',
    headers: {
      'x-amz-target': 'AWSStepFunctions.DescribeExecution',
      'content-type': 'application/x-amz-json-1.0',
    },
    body: JSON.stringify({ executionArn: executionOf(orderId) }),
  });
  const { status }: { status: unknown } = await response.json();
  return status;
}

test('an administrator may publish a status and an API key may not; a published status changes no record', async () => {
  const { orderId, live } = await pausedOrder(cloud.outputs());
  const query = `mutation { publishOrderStatus(input: {orderId: "${orderId}", status: COMPLETED, version: 9, at: "2026-01-01T00:00:00.000Z"}) { orderId status version at } }`;
  const body = JSON.stringify({ query });

  const forged = await fetch(cloud.outputs().GraphQLUrl, {
    method: 'POST',
    headers: { 'x-api-key': cloud.outputs().ApiKey, 'content-type': 'application/json' },
    body,
  });
  const published = await cloud.fetchSigned({ service: 'appsync', path: '/graphql', body });
  const told = await live.until('COMPLETED');

  expect(await forged.json()).toMatchObject({ errors: [{ errorType: 'Unauthorized' }] });
  expect(await published.json()).toEqual({
    data: {
      publishOrderStatus: { orderId, status: 'COMPLETED', version: 9, at: '2026-01-01T00:00:00.000Z' },
    },
  });
  expect(told.version).toBe(9);
  expect((await order(cloud.outputs(), orderId))?.status).toBe('PAUSED');
});
