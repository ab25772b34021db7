import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { forgetOrder } from '../../commands/forgetOrder.ts';
import { parseOrderId } from '../../functions/order/orderId.ts';
import { confirmOrder, endedOrders, order, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { runCommand } from '../support/runCommand.ts';
import { untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
  return cloud.remove;
});

const administrator = () => new S3Client(cloud.client());
const outputs = (): Record<string, string> => ({ ...cloud.outputs() });

const forget = (...words: readonly string[]) => runCommand('forget', cloud, { words });

/** S3 as the role that forgets, for what the command does inside. */
async function asForgetRole(): Promise<S3Client> {
  const { Credentials } = await new STSClient(cloud.client()).send(
    new AssumeRoleCommand({ RoleArn: outputs()['ForgetRoleArn'], RoleSessionName: 'test' }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  return new S3Client({ ...cloud.client(), credentials });
}

/** Every version of everything that is kept of an order, its keys besides. */
async function everythingOf(orderId: string): Promise<string> {
  const { BucketName: Bucket } = cloud.outputs();
  const { Versions = [], IsTruncated } = await administrator().send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  expect(IsTruncated).toBe(false);
  const texts = Versions.filter(({ Key }) => Key?.includes(orderId)).map(async ({ Key, VersionId }) => {
    const { Body } = await administrator().send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return `${Key} ${await Body?.transformToString()}`;
  });
  return (await Promise.all(texts)).toSorted().join('\n');
}

/** What people wrote: each text is nowhere else. */
const TEXTS = {
  orderDetails: 'Forty chairs for Zuzana',
  requestedBy: 'Grace of accounting',
  decidedBy: 'Ada of the board',
  reason: 'Her back hurts',
};
const WRITTEN = new RegExp(Object.values(TEXTS).join('|'));

async function completedOrder(): Promise<string> {
  const orderId = randomUUID();
  const { orderDetails, requestedBy, decidedBy, reason } = TEXTS;
  await processOrder(cloud.outputs(), { orderId, orderDetails, requestedBy });
  await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');
  await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true, decidedBy, reason });
  await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'COMPLETED');
  return orderId;
}

describe('an order that has ended', () => {
  test('is forgotten: what people wrote is in no version of any object, and how it ended stays', async () => {
    const [orderId, other] = [await completedOrder(), await completedOrder()];
    const before = await order(cloud.outputs(), orderId);
    expect((await everythingOf(orderId)).match(new RegExp(WRITTEN, 'g'))).toHaveLength(8);

    const { status, stdout, stderr } = forget(orderId);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${orderId}: forgotten\\. [1-9]\\d* versions .*stay\\.\n$`));
    expect(await everythingOf(orderId)).not.toMatch(WRITTEN);
    expect(await order(cloud.outputs(), orderId)).toEqual({
      ...before,
      orderDetails: null,
      requestedBy: null,
      decision: { ...before?.decision, decidedBy: null, reason: null },
      history: before?.history.map((event) => ({ ...event, decidedBy: null, reason: null })),
    });
    expect(await order(cloud.outputs(), other)).toMatchObject({ orderDetails: TEXTS.orderDetails });
  });

  test('stays on the list, and is still the order of its id', async () => {
    const orderId = await completedOrder();
    forget(orderId);

    const same = await processOrder(cloud.outputs(), { orderId, orderDetails: TEXTS.orderDetails });
    const another = await processOrder(cloud.outputs(), { orderId, orderDetails: 'Something else' });
    const repeated = await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true });
    const opposite = await confirmOrder(cloud.outputs(), { orderId, isConfirmed: false });
    const { data } = await endedOrders(cloud.outputs());

    expect(same.data?.processOrder).toMatchObject({ status: 'COMPLETED', orderDetails: null });
    expect(another.errors).toMatchObject([{ errorType: 'OrderAlreadyExists' }]);
    expect(repeated.data?.confirmOrder).toMatchObject({ decision: { kind: 'CONFIRMED', reason: null } });
    expect(opposite.errors).toMatchObject([
      { errorType: 'OrderAlreadyDecided', errorInfo: { decision: { kind: 'CONFIRMED', decidedBy: null } } },
    ]);
    expect(data?.endedOrders.items.map((ended) => ended.orderId)).toContain(orderId);
    expect(await everythingOf(orderId)).not.toMatch(WRITTEN);
  });

  test('can be forgotten twice', async () => {
    const orderId = await completedOrder();
    forget(orderId);
    const once = await everythingOf(orderId);

    expect(forget(orderId)).toEqual({
      status: 0,
      stdout: `${orderId}: nothing is left to remove.\n`,
      stderr: '',
    });
    expect(await everythingOf(orderId)).toBe(once);
  });

  test('is forgotten by the next run when a run died, whatever it had done by then', async () => {
    const calls = await countCalls(await completedOrder());

    for (let survived = 0; survived < calls; survived += 1) {
      const orderId = await completedOrder();
      const dying = await asForgetRole();
      let left = survived;
      dying.middlewareStack.add(
        (next) => async (args) => {
          if (left === 0) throw new Error('The run dies.');
          left -= 1;
          return next(args);
        },
        { step: 'initialize' },
      );

      await expect(run(dying, orderId)).rejects.toThrow('The run dies.');
      expect(await order(cloud.outputs(), orderId)).toMatchObject({ status: 'COMPLETED' });
      await run(await asForgetRole(), orderId);

      expect(await everythingOf(orderId)).not.toMatch(WRITTEN);
    }
    expect(calls).toBe(13);
  });

  test('is forgotten by two runs at once', async () => {
    const orderId = await completedOrder();

    await Promise.all([run(await asForgetRole(), orderId), run(await asForgetRole(), orderId)]);

    expect(await everythingOf(orderId)).not.toMatch(WRITTEN);
    expect(await order(cloud.outputs(), orderId)).toMatchObject({ status: 'COMPLETED', version: 5 });
  });

  test('of version 1, whose record held its details, is forgotten too', async () => {
    const orderId = `old-${randomUUID()}`;
    const at = '2025-01-01T00:00:00.000Z';
    const { orderDetails, requestedBy, decidedBy, reason } = TEXTS;
    const decision = { kind: 'CONFIRMED', decidedBy, reason, at };
    const event = { orderId, status: 'COMPLETED', version: 5, at, reason, decidedBy };
    const record = { orderId, orderDetails, requestedBy, status: 'COMPLETED', version: 5 };
    const times = { createdAt: at, updatedAt: at, deadline: null };
    await put(`requests/${orderId}.json`, { orderId, orderDetails, requestedBy, hash: 'h', at });
    await put(`decisions/${orderId}.json`, decision);
    await put(`orders/${orderId}.json`, { ...record, ...times, decision, history: [event] });
    expect(await order(cloud.outputs(), orderId)).toMatchObject({ orderDetails });

    expect(forget(orderId).status).toBe(0);

    expect(await everythingOf(orderId)).not.toMatch(WRITTEN);
    expect(await order(cloud.outputs(), orderId)).toMatchObject({
      status: 'COMPLETED',
      orderDetails: null,
      decision: { kind: 'CONFIRMED', reason: null, at },
    });
  });
});

const run = (s3: S3Client, orderId: string) =>
  forgetOrder({ s3, bucket: cloud.outputs().BucketName }, parseOrderId(orderId));

async function countCalls(orderId: string): Promise<number> {
  const s3 = await asForgetRole();
  let calls = 0;
  s3.middlewareStack.add(
    (next) => (args) => {
      calls += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  await run(s3, orderId);
  return calls;
}

const put = (Key: string, record: object) =>
  administrator().send(
    new PutObjectCommand({
      Bucket: cloud.outputs().BucketName,
      Key,
      Body: JSON.stringify(record),
      IfNoneMatch: '*',
    }),
  );

describe('is refused with a sentence', () => {
  test('an order that waits, and keeps its words', async () => {
    const orderId = randomUUID();
    await processOrder(cloud.outputs(), { orderId, orderDetails: TEXTS.orderDetails });
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');

    const { status, stdout } = forget(orderId, 'unknown');

    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: `${orderId}: not forgotten, because it is PAUSED. Confirm, reject or cancel it, wait until it has ended, and run the command again.\nunknown: not forgotten, because there is no order with this id.\n`,
    });
    expect(await order(cloud.outputs(), orderId)).toMatchObject({ orderDetails: TEXTS.orderDetails });
  });

  test.each([
    [[], 'Name the orders to forget: npm run forget -- ORDER_ID …\n'],
    [
      ['../x'],
      '"../x" is not an order id: use 1 to 64 characters from A-Z, a-z, 0-9, _ and -. No order was forgotten.\n',
    ],
    [['--all'], 'There is no option --all; npm run forget takes --outputs.\n'],
  ])('%j', (words, sentence) => {
    expect(forget(...words)).toEqual({ status: 1, stdout: '', stderr: sentence });
  });
});

test('the policy of the bucket refuses it to every other caller, administrators included', async () => {
  const orderId = await completedOrder();

  await expect(run(administrator(), orderId)).rejects.toMatchObject({ name: 'AccessDenied' });
  expect((await everythingOf(orderId)).match(new RegExp(WRITTEN, 'g'))).toHaveLength(8);
});
