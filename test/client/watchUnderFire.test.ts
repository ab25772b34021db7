import { setImmediate as tick } from 'node:timers/promises';
import { expect, test, onTestFinished } from 'vitest';
import { createClient, type Client, type OrderEvents } from '../../client/countersign.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { createImpatientTimers } from './support/client.ts';
import {
  eventOf,
  startScriptedAppSync,
  type Point,
  type ScriptedAppSync,
} from './support/scriptedAppSync.ts';

const CUTS = 1000;
const EVERY_VERSION = [1, 2, 3, 4, 5, 6];
const POLL_MILLISECONDS = 30_000;

type Fire = {
  readonly server: ScriptedAppSync;
  readonly client: Client;
  readonly timers: ReturnType<typeof createImpatientTimers>;
  readonly chance: (probability: number) => boolean;
  readonly cuts: () => number;
  readonly cutAt: ReadonlyMap<Point, number>;
};

async function openFire(seed: number): Promise<Fire> {
  const random = seededRandom(seed);
  const chance = (probability: number) => random() < probability;
  const timers = createImpatientTimers();
  const cutAt = new Map<Point, number>();
  const cuts = () => [...cutAt.values()].reduce((sum, count) => sum + count, 0);
  const server = await startScriptedAppSync({
    cuts: (point) => {
      if (cuts() >= CUTS || !chance(0.3)) return false;
      cutAt.set(point, (cutAt.get(point) ?? 0) + 1);
      return true;
    },
  });
  const client = createClient({ url: server.url, apiKey: 'da2-example', timers, random });
  onTestFinished(() => server.close());
  return { server, client, timers, chance, cuts, cutAt };
}

/** Lets an order live while its events are dropped, doubled and swapped; nothing waits for the client. */
async function live(fire: Fire, orderId: string, versions: readonly number[]): Promise<void> {
  const { server, timers, chance } = fire;
  const late: (() => void)[] = [];
  for (const version of versions) {
    const event = eventOf(orderId, version);
    server.orders.set(orderId, [...(server.orders.get(orderId) ?? []), event]);
    if (version > 1 && !chance(0.2)) late.push(() => server.publish(event));
    if (chance(0.3)) late.push(() => server.publish(event));
    if (chance(0.7)) for (const publish of late.splice(0).toReversed()) publish();
    for (let ticks = 0; chance(0.8) && ticks < 20; ticks += 1) await tick();
    if (chance(0.3)) timers.pass(POLL_MILLISECONDS);
  }
  for (const publish of late) publish();
}

/** Takes what comes; a hint that was dropped with nothing after it is found by the poll. */
async function take(events: OrderEvents, { timers }: Fire): Promise<readonly number[]> {
  const versions: number[] = [];
  const polling = { isOver: false };
  const poll = async () => {
    while (!polling.isOver) {
      await tick();
      timers.pass(POLL_MILLISECONDS);
    }
  };
  const polled = poll();
  for await (const { version } of events) versions.push(version);
  polling.isOver = true;
  await polled;
  return versions;
}

test('yields every version once and in order while the socket is cut at 1,000 points', async () => {
  const fire = await openFire(20_260_101);
  const wrong: string[] = [];
  let orders = 0;

  while (fire.cuts() < CUTS) {
    orders += 1;
    const orderId = `order-${orders}`;
    fire.server.orders.set(orderId, []);
    const living = live(fire, orderId, EVERY_VERSION);
    const versions = await take(fire.client.watchOrder(orderId), fire);
    await living;
    if (String(versions) !== String(EVERY_VERSION)) wrong.push(`${orderId}: ${versions}`);
  }

  expect(wrong).toEqual([]);
  expect(fire.cuts()).toBe(CUTS);
  expect([...fire.cutAt.keys()].toSorted()).toEqual([
    'ack',
    'answer',
    'data',
    'init',
    'query',
    'start',
    'start_ack',
    'upgrade',
  ] satisfies Point[]);
});

test('follows many orders at once under the same fire', async () => {
  const fire = await openFire(20_260_102);
  const orderIds = Array.from({ length: 60 }, (_, index) => `order-${index}`);
  const seen = new Map<string, number[]>(orderIds.map((orderId) => [orderId, []]));
  const stopping = new AbortController();
  const following = (async () => {
    for await (const { orderId, version } of fire.client.watchOrders(stopping)) {
      seen.get(orderId)?.push(version);
    }
  })();
  const untilEachHas = async (count: number) => {
    while ([...seen.values()].some((versions) => versions.length < count)) {
      await tick();
      fire.timers.pass(POLL_MILLISECONDS);
    }
  };

  await Promise.all(orderIds.map((orderId) => live(fire, orderId, [1, 2, 3, 4])));
  await untilEachHas(4);
  await Promise.all(orderIds.map((orderId) => live(fire, orderId, [5, 6])));
  await untilEachHas(6);
  stopping.abort();
  await following;

  for (const orderId of orderIds) expect(seen.get(orderId)).toEqual(EVERY_VERSION);
});
