import { expect, onTestFinished, test } from 'vitest';
import { ask, confirmOrder, endedOrders, order, pendingOrders, processOrder } from '../../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../../support/localCloud.ts';
import { untilOrder } from '../../support/follow.ts';
import { unpackAssembly } from './unpackAssembly.ts';

// The API of version 1 had fewer fields: these are the ones that both versions have.
const PROCESS = 'mutation ($input: ProcessOrderInput!) { processOrder(input: $input) { orderId status } }';
const CONFIRM = 'mutation ($input: ConfirmOrderInput!) { confirmOrder(input: $input) { orderId status } }';
const STATUS = 'query ($orderId: ID!) { order(orderId: $orderId) { status } }';

async function until(cloud: LocalCloud, orderId: string, status: string): Promise<void> {
  for (;;) {
    const { data } = await ask<{ order: { status: string } | null }>(cloud.outputs(), STATUS, { orderId });
    if (data?.order?.status === status) return;
  }
}

async function pauseUnderVersion1(cloud: LocalCloud, ...ids: readonly string[]): Promise<void> {
  for (const orderId of ids) {
    await ask(cloud.outputs(), PROCESS, { input: { orderId, orderDetails: `about ${orderId}` } });
    await until(cloud, orderId, 'PAUSED');
  }
}

test('orders that paused under version 1 are listed, decided, reminded of and expired under version 2', async () => {
  const cloud = await startLocalCloud({ assembly: unpackAssembly() });
  onTestFinished(() => cloud.remove());
  await pauseUnderVersion1(cloud, 'done', 'confirmed', 'rejected', 'reminded', 'expired');
  await ask(cloud.outputs(), CONFIRM, { input: { orderId: 'done', isConfirmed: true } });
  await until(cloud, 'done', 'COMPLETED');
  await cloud.end('SIGKILL');

  await cloud.start({ assembly: undefined });
  const outputs = cloud.outputs();
  await processOrder(outputs, { orderId: 'new' });
  await untilOrder(outputs, 'new', ({ status }) => status === 'PAUSED');
  const listed = await pendingOrders(outputs);
  const pages = [await pendingOrders(outputs, { limit: 2 })];
  for (let token = next(pages); token !== null; token = next(pages))
    pages.push(await pendingOrders(outputs, { limit: 2, nextToken: token }));
  const paged = pages.flatMap(({ data }) => data?.pendingOrders.items ?? []);
  const confirmed = await confirmOrder(outputs, { orderId: 'confirmed', isConfirmed: true });
  await confirmOrder(outputs, { orderId: 'rejected', isConfirmed: false });
  await untilOrder(outputs, 'confirmed', ({ status }) => status === 'COMPLETED');
  await untilOrder(outputs, 'rejected', ({ status }) => status === 'REJECTED');
  await cloud.advance('PT25H');
  await untilOrder(outputs, 'reminded', ({ version }) => version === 4);
  const afterReminder = await pendingOrders(outputs);
  await confirmOrder(outputs, { orderId: 'reminded', isConfirmed: true });
  await untilOrder(outputs, 'reminded', ({ status }) => status === 'COMPLETED');
  await cloud.advance('PT72H');
  await untilOrder(outputs, 'expired', ({ status }) => status === 'EXPIRED');
  await untilOrder(outputs, 'new', ({ status }) => status === 'EXPIRED');

  const ids = (items: readonly { orderId: string }[] = []) => items.map(({ orderId }) => orderId);
  expect(ids(listed.data?.pendingOrders.items)).toEqual([
    'confirmed',
    'rejected',
    'reminded',
    'expired',
    'new',
  ]);
  expect(ids(paged)).toEqual(['confirmed', 'rejected', 'reminded', 'expired', 'new']);
  expect(confirmed.data?.confirmOrder).toMatchObject({ orderDetails: 'about confirmed', requestedBy: null });
  expect(ids(afterReminder.data?.pendingOrders.items)).toEqual(['reminded', 'expired', 'new']);
  expect(await order(outputs, 'done')).toMatchObject({
    status: 'COMPLETED',
    orderDetails: 'about done',
    decision: { kind: 'CONFIRMED', isVerified: false },
  });
  expect(await order(outputs, 'confirmed')).toMatchObject({ version: 5, status: 'COMPLETED' });
  const ended = await endedOrders(outputs);
  expect(ids(ended.data?.endedOrders.items)).toEqual(
    expect.arrayContaining(['new', 'expired', 'reminded', 'rejected', 'confirmed']),
  );
  expect((await pendingOrders(outputs)).data?.pendingOrders.items).toEqual([]);
});

type Pages = readonly Awaited<ReturnType<typeof pendingOrders>>[];

const next = (pages: Pages): string | null => pages.at(-1)?.data?.pendingOrders.nextToken ?? null;
