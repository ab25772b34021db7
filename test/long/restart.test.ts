import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { follow } from '../support/follow.ts';
import { confirmOrder, order, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
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
  await letNetRun(cloud);
  await cloud.end('SIGTERM');
  const atRest = pagesInUse(cloud.data) * PAGE_BYTES - empty.store;
  print('disk per paused order, once the safety net has looked', atRest / ORDERS / 1000, 'KB');
  expect(atRest / ORDERS).toBeLessThan(3000);
  await cloud.start();
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

/** Lets the delay of the safety net's queue pass, and waits until its function has read every order. */
async function letNetRun(cloud: LocalCloud): Promise<void> {
  const reads = async () => (await cloud.counts()).calls['s3.GetObject'] ?? 0;
  const before = await reads();
  await cloud.advance('PT40S');
  await expect.poll(reads, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + ORDERS);
}

const PAGE_BYTES = 4096;

/** Of a store that is closed: its file keeps free pages for what comes next (https://www.sqlite.org/fileformat.html#the_database_header). */
function pagesInUse(data: string): number {
  const header = readFileSync(join(data, 'store.sqlite')).subarray(0, 100);
  return header.readUInt32BE(28) - header.readUInt32BE(36);
}

/** What grows with the orders; the write-ahead log and the compiled code do not. */
function diskOf(data: string) {
  return { store: folderBytes(data, /^store\.sqlite$/), logs: folderBytes(data, /^logs\//) };
}
