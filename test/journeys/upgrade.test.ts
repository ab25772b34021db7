import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { confirmOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/follow.ts';

const { folder: current } = await synthesizeApp();
const { folder: other } = await synthesizeApp({ context: { deadlineHours: 10, reminderHours: 2 } });

/** A folder whose assembly a test replaces, as a deployment does, and a cloud that runs it. */
async function deployed(assembly: string) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-upgrade-'));
  const deploy = (from: string) => {
    rmSync(folder, { recursive: true });
    cpSync(from, folder, { recursive: true });
  };
  deploy(assembly);
  const cloud = await startLocalCloud({ assembly: folder });
  onTestFinished(async () => {
    await cloud.remove();
    rmSync(folder, { recursive: true });
  });
  return { cloud, deploy };
}

async function pause(cloud: LocalCloud, orderId: string): Promise<number> {
  await processOrder(cloud.outputs(), { orderId });
  const { deadline, createdAt } = await untilOrder(
    cloud.outputs(),
    orderId,
    ({ status }) => status === 'PAUSED',
  );
  return Math.round((Date.parse(deadline ?? '') - Date.parse(createdAt)) / 3_600_000);
}

test('an order that paused under one deployment is confirmed and completes under the next, and back again', async () => {
  const { cloud, deploy } = await deployed(current);
  const firstHours = await pause(cloud, 'before');
  await cloud.end('SIGTERM');

  deploy(other);
  await cloud.start();
  const nextHours = await pause(cloud, 'between');
  await confirmOrder(cloud.outputs(), { orderId: 'before', isConfirmed: true });
  const upgraded = await untilOrder(cloud.outputs(), 'before', ({ version }) => version === 5);
  await cloud.end('SIGTERM');
  deploy(current);
  await cloud.start();
  await confirmOrder(cloud.outputs(), { orderId: 'between', isConfirmed: true });
  const back = await untilOrder(cloud.outputs(), 'between', ({ version }) => version === 5);

  expect([firstHours, nextHours]).toEqual([72, 10]);
  expect([upgraded.status, back.status]).toEqual(['COMPLETED', 'COMPLETED']);
});
