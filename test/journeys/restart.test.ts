import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { follow, untilOrder, pausedOrder } from '../support/follow.ts';
import { confirmOrder, order, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

describe('the local cloud', () => {
  let cloud: LocalCloud;
  beforeEach(async () => {
    cloud = await startLocalCloud();
  });
  afterEach(() => cloud.remove());

  test('keeps paused orders over kill -9, and they can be confirmed afterwards', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const before = await follow(cloud.outputs());
    await Promise.all(ids.map((orderId) => processOrder(cloud.outputs(), { orderId })));
    await Promise.all(ids.map((orderId) => before.until('PAUSED', orderId)));

    await cloud.end('SIGKILL');
    await cloud.start();
    const after = await follow(cloud.outputs());
    await Promise.all(ids.map((orderId) => confirmOrder(cloud.outputs(), { orderId, isConfirmed: true })));
    await Promise.all(ids.map((orderId) => after.until('COMPLETED', orderId)));

    const statuses = await Promise.all(
      ids.map(async (orderId) => (await order(cloud.outputs(), orderId))?.status),
    );
    expect(new Set(statuses)).toEqual(new Set(['COMPLETED']));
    after.close();
  });

  test('loses no acknowledged order and no acknowledged decision to kill -9 while busy', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID());
    const acknowledged = new Set<string>();
    const confirmed = new Set<string>();
    const live = await follow(cloud.outputs());
    const work = Promise.allSettled(
      ids.map(async (orderId) => {
        await processOrder(cloud.outputs(), { orderId });
        acknowledged.add(orderId);
        const answer = await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true });
        if (answer.errors === undefined) confirmed.add(orderId);
      }),
    );
    await live.until('COMPLETED');

    await cloud.end('SIGKILL');
    await work;
    await cloud.start();

    for (const orderId of acknowledged) {
      const wanted = confirmed.has(orderId) ? ['COMPLETED'] : ['PAUSED', 'COMPLETED'];
      const found = await untilOrder(cloud.outputs(), orderId, ({ status }) => wanted.includes(status));
      expect(found.history.map(({ version }) => version)).toEqual(
        found.history.map((_event, index) => index + 1),
      );
    }
    expect(acknowledged.size).toBeGreaterThan(0);
  });

  test('ends deadlines that passed while it was down', async () => {
    const { orderId, paused } = await pausedOrder(cloud.outputs());
    const { deadline } = paused;
    await cloud.arm({ point: 'lambda.Invoke', kind: 'kill' });
    await cloud.advance('PT96H').catch(() => {});
    await cloud.ended();

    await cloud.start();

    expect((await cloud.now()).toISOString() > (deadline ?? '')).toBe(true); // it died with its deadline behind it
    const expired = await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'EXPIRED');
    expect(expired.decision?.kind).toBe('EXPIRED');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s, with exit code 0', async (signal) => {
    const outputsFile = join(cloud.data, 'outputs.json');
    const modes = ['outputs.json', 'credentials', 'certificate.pem'].map(
      (name) => statSync(join(cloud.data, name)).mode & 0o777,
    );

    const code = await cloud.end(signal);

    expect(code).toBe(0);
    expect(existsSync(outputsFile)).toBe(false);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });
});
