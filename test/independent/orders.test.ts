import { AppSyncClient, ListApiKeysCommand } from '@aws-sdk/client-appsync';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendTaskFailureCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  cancelOrder,
  confirmOrder,
  endedOrders,
  order,
  pendingOrders,
  processOrder,
  type Order,
} from '../support/graphql.ts';
import { executionArnOf, type Outputs } from '../support/localCloud.ts';
import { readFunctionLog, removePoliciesOf } from './operator.ts';

// Started by test/independent.ts, which has deployed the app and set these variables. Everything here is the account's root,
// which IAM lets do everything; the functions, the workflow and AppSync have their roles.

const FILE = process.env['COUNTERSIGN_OUTPUTS'] ?? '';
const ENDPOINT = process.env['AWS_ENDPOINT_URL'] ?? '';
const ROOT = join(import.meta.dirname, '../..');
const ends = ['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'FAILED'];

type Deployed = Outputs & Readonly<Record<'ApiId' | 'WaitingBucketName', string>>;
let outputs: Deployed;
beforeAll(async () => {
  const { Countersign: deployed }: { Countersign: Deployed } = JSON.parse(readFileSync(FILE, 'utf8'));
  const { apiKeys = [] } = await new AppSyncClient({}).send(
    new ListApiKeysCommand({ apiId: deployed.ApiId }),
  );
  const GraphQLUrl = `${ENDPOINT}/v1/apis/${deployed.ApiId}/graphql`;
  outputs = { ...deployed, GraphQLUrl, ApiKey: apiKeys[0]?.id ?? '' };
});

const s3 = new S3Client({});
const stepFunctions = new SFNClient({});

async function until(orderId: string, isWanted: (found: Order) => boolean): Promise<Order> {
  for (;;) {
    const found = await order(outputs, orderId);
    if (found !== null && isWanted(found)) return found;
    if (found !== null && ends.includes(found.status))
      throw new Error(`${orderId} ended as ${found.status}: ${JSON.stringify(found.history)}`);
    await pause(500);
  }
}

const pathOf = ({ history }: Order) => history.map(({ status }) => status).join(' ');
const untilEnd = (orderId: string) => until(orderId, ({ status }) => ends.includes(status));

async function paused(): Promise<string> {
  const orderId = randomUUID();
  await processOrder(outputs, { orderId, orderDetails: 'Forty chairs', requestedBy: 'Grace' });
  await until(orderId, ({ status }) => status === 'PAUSED');
  return orderId;
}

const put = (Bucket: string, Key: string, record: object) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(record), IfNoneMatch: '*' }));

async function tokenOf(orderId: string): Promise<string> {
  const Bucket = outputs.WaitingBucketName;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const Key = Contents.find(({ Key: key }) => key?.endsWith(orderId))?.Key;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? '').token;
}

describe('with every function on its own role, an order', () => {
  test('is confirmed and completes, and is on the lists', async () => {
    const orderId = await paused();
    const { data: waiting } = await pendingOrders(outputs);
    await confirmOrder(outputs, { orderId, isConfirmed: true, decidedBy: 'Ada' });
    const completed = await untilEnd(orderId);
    const { data: ended } = await endedOrders(outputs);

    expect(pathOf(completed)).toBe('RECEIVED PROCESSING PAUSED CONFIRMED COMPLETED');
    expect(waiting?.pendingOrders.items.map((each) => each.orderId)).toContain(orderId);
    expect(ended?.endedOrders.items.map((each) => each.orderId)).toContain(orderId);
  });

  test('is rejected, and a second decision is refused', async () => {
    const orderId = await paused();
    await confirmOrder(outputs, { orderId, isConfirmed: false, reason: 'Too many' });
    const second = await confirmOrder(outputs, { orderId, isConfirmed: true });

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED REJECTED');
    expect(second.errors).toMatchObject([{ errorType: 'OrderAlreadyDecided' }]);
  });

  test('is cancelled', async () => {
    const orderId = await paused();
    await cancelOrder(outputs, { orderId });

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED CANCELLED');
  });

  test('is decided before it pauses', async () => {
    const orderId = randomUUID();
    await processOrder(outputs, { orderId });
    await confirmOrder(outputs, { orderId, isConfirmed: true });

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED CONFIRMED COMPLETED');
  });

  test('is placed twice and is one order', async () => {
    const orderId = await paused();
    const again = await processOrder(outputs, { orderId, orderDetails: 'Forty chairs' });
    const other = await processOrder(outputs, { orderId, orderDetails: 'Fifty chairs' });

    expect(again.data?.processOrder).toMatchObject({ status: 'PAUSED' });
    expect(other.errors).toMatchObject([{ errorType: 'OrderAlreadyExists' }]);
  });

  test('expires after a reminder', async () => {
    const orderId = await paused();

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED PAUSED EXPIRED');
  });

  test('fails when its execution is stopped', async () => {
    const orderId = await paused();
    await stepFunctions.send(new StopExecutionCommand({ executionArn: executionArnOf(outputs, orderId) }));

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED FAILED');
  });

  test('fails when its task fails in another way', async () => {
    const orderId = await paused();
    await stepFunctions.send(
      new SendTaskFailureCommand({ taskToken: await tokenOf(orderId), error: 'Unexpected' }),
    );

    expect(pathOf(await untilEnd(orderId))).toBe('RECEIVED PROCESSING PAUSED FAILED');
  });

  test('whose start was lost is started, and whose wake-up was lost is resumed', async () => {
    const orderId = randomUUID();
    const at = new Date().toISOString();
    const request = { orderDetails: null, requestedBy: null, requesterId: null, hash: 'a-hash' };
    const decision = { kind: 'CANCELLED', decidedBy: null, isVerified: false, reason: null, at };
    await put(outputs.BucketName, `requests/${orderId}.json`, { schemaVersion: 2, orderId, at, ...request });
    await until(orderId, ({ status }) => status === 'PAUSED');
    await put(outputs.BucketName, `decisions/${orderId}.json`, { schemaVersion: 2, ...decision });

    expect(pathOf(await untilEnd(orderId))).toMatch(/ CANCELLED$/);
  });

  test('is forgotten by the role for that', async () => {
    const orderId = await paused();
    await cancelOrder(outputs, { orderId, reason: 'No chairs' });
    await untilEnd(orderId);

    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'commands/forget.ts'), '--outputs', FILE, orderId],
      { encoding: 'utf8' },
    );

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`${orderId}: forgotten.`);
    expect(await order(outputs, orderId)).toMatchObject({
      status: 'CANCELLED',
      orderDetails: null,
      decision: { reason: null },
    });
  });
});

describe('in the log', () => {
  test('no function was refused, and the only failures are those that were meant', async () => {
    const messages = (await readFunctionLog()).flatMap(messageIn);

    expect(new Set(messages)).toEqual(new Set(['An order failed.']));
    expect(refusals()).toEqual([]);
  });

  test('a function without its policies is seen, so IAM is enforced', async () => {
    await removePoliciesOf('ApiOrderRole');

    await expect(order(outputs, randomUUID())).rejects.toThrow('InternalError');
    expect(refusals()).toEqual([
      expect.stringMatching(/^AccessDenied: \S+assumed-role\/\S+ApiOrderRole\S+ may not s3:GetObject on /),
      expect.anything(),
      expect.anything(),
    ]);
  });
});

/** The emulator's lines about requests that IAM refused. */
const refusals = (): readonly string[] =>
  readFileSync(process.env['MINISTACK_LOG'] ?? '', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('AccessDenied: '));

/** What a function says of a failure. */
function messageIn(line: string): readonly string[] {
  if (!line.startsWith('{"message"')) return [];
  const { message }: { message: string } = JSON.parse(line);
  return [message];
}
