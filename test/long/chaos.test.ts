import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, ClientError, createClient, isFinal, type Order } from '../../client/countersign.ts';
import { ENDS } from '../support/ends.ts';
import { order } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { bothSides, EARLY_POINTS, LATE_POINTS } from '../support/surviveFaults.ts';
import { inTurns } from './support/inTurns.ts';
import { print } from './support/figures.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const ROUNDS = 60;
const ORDERS_A_ROUND = 8;
const MAX_DECISIONS = 4;
/** A trouble comes after so many answers at most, of about 30 that a round has. */
const MAX_ANSWERS = 20;
const POINTS = bothSides([
  ...new Set([...EARLY_POINTS, ...LATE_POINTS, 's3.ListObjectsV2', 'stepFunctions.SendTaskFailure']),
]);
const KINDS = ['error', 'throttle', 'lost-response', 'delay', 'duplicate'];
const JUMPS = ['PT30S', 'PT1H', 'PT24H', 'PT25H', 'PT72H', 'P10D'];
const MAX_DELAY_MILLISECONDS = 500;
const MAX_PASSES = 20;

/** What one client was told of its order, and what it saw of it. */
type Told = {
  readonly orderId: string;
  isAccepted: boolean;
  readonly kinds: Set<string>;
  readonly seen: number[];
  watching: Promise<void>;
};

/** Chances that come again with the same seed: `below` gives a whole number from 0 to below its limit. */
type Random = ReturnType<typeof createRandom>;

function createRandom(seed: number) {
  const next = seededRandom(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[below(choices.length)];
    if (choice === undefined) throw new RangeError('There is nothing to pick from.');
    return choice;
  };
  return { below, pick };
}

/** Counts answers, so that a trouble can come in the middle of a round without looking at a watch. */
function createTicker() {
  let count = 0;
  const waiting = new Map<number, () => void>();
  return {
    tick: () => {
      count += 1;
      waiting.get(count)?.();
    },
    reached: (wanted: number) => new Promise<void>((resolve) => waiting.set(wanted, resolve)),
  };
}

async function watch(client: Client, { orderId, seen }: Told): Promise<void> {
  for await (const { version } of client.watchOrder(orderId)) seen.push(version);
}

type Round = { readonly client: Client; readonly random: Random; readonly tick: () => void };

/** A client that places an order, maybe twice, and then says what comes to its mind; some of it is lost. */
async function live(told: Told, { client, random, tick }: Round): Promise<void> {
  const { orderId } = told;
  const place = async () => {
    await client.processOrder({ orderId, orderDetails: 'ten chairs' });
    if (!told.isAccepted) told.watching = watch(client, told);
    told.isAccepted = true;
  };
  const hear = ({ decision }: Order) => void told.kinds.add(decision?.kind ?? 'NONE');
  const acts = [
    place,
    async () => hear(await client.confirmOrder({ orderId, isConfirmed: true })),
    async () => hear(await client.confirmOrder({ orderId, isConfirmed: false })),
    async () => hear(await client.cancelOrder({ orderId })),
  ];
  const said = Array.from({ length: random.below(MAX_DECISIONS) }, () => random.pick(acts));
  for (const act of [place, ...said]) {
    await act().catch(refuseBugs); // what was not acknowledged is not promised
    tick();
  }
}

function refuseBugs(error: unknown): void {
  if (!(error instanceof ClientError)) throw error;
}

async function trouble(cloud: LocalCloud, random: Random): Promise<void> {
  const kind = random.below(6);
  if (kind === 0) {
    await cloud.end('SIGKILL');
    return cloud.start();
  }
  if (kind === 1) return void (await cloud.advance(random.pick(JUMPS)));
  const fault = { point: random.pick(POINTS), kind: random.pick(KINDS) };
  await cloud.arm({ ...fault, times: 1 + random.below(3), ms: random.below(MAX_DELAY_MILLISECONDS) });
}

async function cause(cloud: LocalCloud, client: Client, random: Random): Promise<readonly Told[]> {
  const all: Told[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { tick, reached } = createTicker();
    const told = Array.from({ length: ORDERS_A_ROUND }, () => ({
      orderId: randomUUID(),
      isAccepted: false,
      kinds: new Set<string>(),
      seen: [],
      watching: Promise.resolve(),
    }));
    all.push(...told);
    const clients = Promise.all(told.map((one) => live(one, { client, random, tick })));
    await Promise.race([reached(1 + random.below(MAX_ANSWERS)), clients]);
    await trouble(cloud, random);
    await clients;
  }
  await cloud.heal();
  return all;
}

/** Lets time pass until every order has ended; gives those that have not. */
async function letEnd(cloud: LocalCloud, all: readonly Told[]): Promise<readonly string[]> {
  let open = all.map(({ orderId }) => orderId);
  for (let pass = 0; pass < MAX_PASSES && open.length > 0; pass += 1) {
    await cloud.advance('PT24H');
    const still: string[] = [];
    await inTurns(open, async (orderId) => {
      const found = await order(cloud.outputs(), orderId);
      if (found !== null && !isFinal(found.status as Order['status'])) still.push(orderId);
    });
    open = still;
  }
  return open;
}

/** What is wrong with an order after all; null when nothing is. */
async function findFault(cloud: LocalCloud, told: Told): Promise<string | null> {
  const { orderId, kinds, isAccepted } = told;
  const found = await order(cloud.outputs(), orderId);
  if (found === null) return isAccepted ? `${orderId}: lost` : null;
  const kind = found.decision?.kind ?? 'NONE';
  const versions = found.history.map(({ version }) => version).join();
  const expected = found.history.map((_event, index) => index + 1).join();
  if ([...kinds].some((one) => one !== kind))
    return `${orderId}: told ${[...kinds].join()}, but it is ${kind}`;
  if (ENDS[kind]?.includes(found.status) !== true) return `${orderId}: ${kind}, but ended as ${found.status}`;
  if (versions !== expected) return `${orderId}: versions ${versions}`;
  if (!isAccepted) return null;
  await told.watching;
  return told.seen.join() === versions ? null : `${orderId}: watched ${told.seen.join()} of ${versions}`;
}

test(`${ROUNDS} troubles under load (seed ${SEED}): every order ends, nothing is lost, contradicted or missed`, async () => {
  const cloud = await startLocalCloud();
  onTestFinished(cloud.remove);
  const { GraphQLUrl, ApiKey } = cloud.outputs();
  const client = createClient({ url: GraphQLUrl, apiKey: ApiKey });

  const all = await cause(cloud, client, createRandom(SEED));
  const open = await letEnd(cloud, all);
  const faults: string[] = [];
  if (open.length === 0)
    await inTurns(all, async (told) => {
      const fault = await findFault(cloud, told);
      if (fault !== null) faults.push(fault);
    });

  print('orders in troubles', all.length, '');
  print('orders that clients followed', all.filter(({ isAccepted }) => isAccepted).length, '');
  print('orders that did not end', open.length, '');
  print('orders lost, contradicted or not seen in full', faults.length, '');
  expect(open).toEqual([]);
  expect(faults).toEqual([]);
});
