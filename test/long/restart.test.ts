import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { follow } from '../support/follow.ts';
import { confirmOrder, order, processOrder } from '../support/graphql.ts';
import { startLocalCloud } from '../support/localCloud.ts';
import { folderBytes, print } from './support/figures.ts';
import { insist, inTurns } from './support/inTurns.ts';

const ORDERS = 1000;
const A_CONFIRMED_ORDER = '1 RECEIVED, 2 PROCESSING, 3 PAUSED, 4 CONFIRMED, 5 COMPLETED';

test('1,000 orders paused, kill -9, start again, confirm all: 1,000 COMPLETED, versions 1 to 5', async () => {
  const cloud = await startLocalCloud();
  onTestFinished(cloud.remove);
  const ids = Array.from({ length: ORDERS }, () => randomUUID());
  const before = await follow(cloud.outputs());
  const empty = diskOf(cloud.data);
  const processedAt = performance.now();
  await inTurns(ids, async (orderId) => {
    const { errors } = await insist(() => processOrder(cloud.outputs(), { orderId }));
    expect(errors).toBeUndefined();
  });
  await before.untilCount('PAUSED', ORDERS);
  print(`${ORDERS} orders processed to PAUSED`, performance.now() - processedAt);
  await cloud.end('SIGKILL');
  const killedAt = performance.now();
  await cloud.start();
  print(`ready again with ${ORDERS} paused orders, after kill -9`, performance.now() - killedAt);
  const full = diskOf(cloud.data);
  print('disk per paused order, in the store', (full.store - empty.store) / ORDERS / 1000, 'KB');
  print('disk per paused order, in the logs', (full.logs - empty.logs) / ORDERS / 1000, 'KB');
  const after = await follow(cloud.outputs());
  const confirmedAt = performance.now();
  await inTurns(ids, async (orderId) => {
    const input = { orderId, isConfirmed: true };
    const { errors } = await insist(() => confirmOrder(cloud.outputs(), input));
    expect(errors).toBeUndefined();
  });
  await after.untilCount('COMPLETED', ORDERS);
  print(`${ORDERS} orders confirmed to COMPLETED`, performance.now() - confirmedAt);

  const ways: string[] = [];
  await inTurns(ids, async (orderId) => {
    const found = await order(cloud.outputs(), orderId);
    ways.push(found?.history.map(({ version, status }) => `${version} ${status}`).join(', ') ?? 'lost');
  });
  expect(ways.filter((way) => way !== A_CONFIRMED_ORDER)).toEqual([]);
  expect(ways).toHaveLength(ORDERS);
});

/** What grows with the orders; the write-ahead log and the compiled code do not. */
function diskOf(data: string) {
  return { store: folderBytes(data, /^store\.sqlite$/), logs: folderBytes(data, /^logs\//) };
}
