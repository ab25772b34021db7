import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { drain, runningOrders, type Draining } from '../../commands/drain.ts';
import { askOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { runCommand } from '../support/runCommand.ts';
import { untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
  return cloud.remove;
});

async function pausedOrder(): Promise<string> {
  const orderId = randomUUID();
  await processOrder(cloud.outputs(), { orderId });
  await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');
  return orderId;
}

const draining = (): Draining => ({
  outputs: cloud.outputs(),
  stepFunctions: new SFNClient(cloud.client()),
  s3: new S3Client({ ...cloud.client(), forcePathStyle: true }),
  onProgress: () => {},
});

describe('before a stack is removed', () => {
  test('destroy counts the orders that wait, refuses, and changes nothing', async () => {
    const orderId = await pausedOrder();

    const environment = {
      AWS_ENDPOINT_URL: cloud.endpoint(),
      AWS_SHARED_CREDENTIALS_FILE: join(cloud.data, 'credentials'),
    };
    const { status, stderr } = runCommand('destroy', cloud, { environment });

    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^\d+ orders have not ended\. Removing the stack ends them as FAILED: run npm run destroy -- --stop-orders if that is meant\.$/m,
    );
    expect((await askOrder(cloud.outputs(), orderId)).data?.order?.status).toBe('PAUSED');
  });

  test('every order that waits is stopped and closed as FAILED, and none runs any more', async () => {
    const orderIds = [await pausedOrder(), await pausedOrder(), await pausedOrder()];
    const all = await runningOrders(draining());

    await drain(draining(), all);

    const statuses = await Promise.all(
      orderIds.map(async (orderId) => (await askOrder(cloud.outputs(), orderId)).data?.order?.status),
    );
    expect(statuses).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(await runningOrders(draining())).toEqual([]);
  });
});
