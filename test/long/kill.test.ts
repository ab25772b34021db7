import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { follow } from '../support/follow.ts';
import { confirmOrder, order, processOrder } from '../support/graphql.ts';
import { startLocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/untilOrder.ts';

const CLIENTS = 16;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const next = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CLIENTS }, next));
}

test('1,000 orders paused, kill -9, start again, confirm all: 1,000 COMPLETED', async () => {
  const cloud = await startLocalCloud();
  const ids = Array.from({ length: 1000 }, () => randomUUID());
  const before = await follow(cloud.outputs());
  await inTurns(ids, async (orderId) => void (await processOrder(cloud.outputs(), { orderId })));
  for (const orderId of ids) await before.until('PAUSED', orderId);

  await cloud.end('SIGKILL');
  await cloud.start();
  const after = await follow(cloud.outputs());
  await inTurns(
    ids,
    async (orderId) => void (await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true })),
  );
  for (const orderId of ids) await after.until('COMPLETED', orderId);

  const statuses: (string | undefined)[] = [];
  await inTurns(ids, async (orderId) => void statuses.push((await order(cloud.outputs(), orderId))?.status));
  expect(statuses.filter((status) => status === 'COMPLETED')).toHaveLength(1000);
  await cloud.remove();
});

test('kill -9, 100 times under load: nothing acknowledged is lost, nothing is contradicted', async () => {
  const cloud = await startLocalCloud();
  const received = new Set<string>();
  const decided = new Map<string, boolean>();

  for (let round = 0; round < 100; round += 1) {
    const live = await follow(cloud.outputs());
    const work = Promise.allSettled(
      Array.from({ length: 12 }, async (_each, index) => {
        const orderId = randomUUID();
        const isConfirmed = index % 2 === 0;
        const answer = await processOrder(cloud.outputs(), { orderId });
        if (answer.data !== null) received.add(orderId);
        const decision = await confirmOrder(cloud.outputs(), { orderId, isConfirmed });
        if (decision.data !== null) decided.set(orderId, isConfirmed);
      }),
    );
    await live.untilMore(round % 20).catch(() => {});
    await cloud.end('SIGKILL');
    await work;
    await cloud.start();
  }

  await inTurns([...received], async (orderId) => {
    const wanted = decided.get(orderId);
    const ends =
      wanted === undefined ? ['PAUSED', 'COMPLETED', 'REJECTED'] : [wanted ? 'COMPLETED' : 'REJECTED'];
    const found = await untilOrder(cloud.outputs(), orderId, ({ status }) => ends.includes(status));
    expect(found.history.map(({ version }) => version)).toEqual(
      found.history.map((_event, index) => index + 1),
    );
  });
  console.log(
    `${received.size} orders and ${decided.size} decisions were acknowledged; 0 lost, 0 contradicted`,
  );
  expect(received.size).toBeGreaterThan(100);
  await cloud.remove();
});
