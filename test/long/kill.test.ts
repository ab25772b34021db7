import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { follow, untilOrder } from '../support/follow.ts';
import { confirmOrder, order, processOrder, type Answer, type Order } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { insist, inTurns } from './support/inTurns.ts';
import { print } from './support/figures.ts';

const KILLS = 100;
const ORDERS_A_ROUND = 8;
/** The kill comes after 0 to 22 of at least 24 events, so that it strikes every part of an order's way. */
const MAX_EVENTS = 23;

/** What clients were told, and what they only asked for. */
type Told = {
  readonly asked: Set<string>;
  readonly accepted: Set<string>;
  /** The kinds of the decisions that were acknowledged. */
  readonly decided: Map<string, Set<string>>;
};

function hear(told: Told, { data }: Answer<{ confirmOrder: Order | null }>): void {
  const found = data?.confirmOrder ?? undefined;
  const kind = found?.decision?.kind;
  if (found === undefined || kind === undefined) return;
  told.decided.set(found.orderId, (told.decided.get(found.orderId) ?? new Set()).add(kind));
}

/** One client: a new order that it confirms, rejects, leaves to others, or gives to two who disagree. */
async function client(cloud: LocalCloud, told: Told, index: number): Promise<void> {
  const outputs = cloud.outputs();
  const orderId = randomUUID();
  told.asked.add(orderId);
  const answer = await processOrder(outputs, { orderId });
  if (answer.errors === undefined) told.accepted.add(orderId);
  const decide = async (isConfirmed: boolean) =>
    hear(told, await confirmOrder(outputs, { orderId, isConfirmed }));
  const decisions = [[true], [false], [], [true, false]][index % 4] ?? [];
  await Promise.allSettled(decisions.map(decide));
}

async function killUnderLoad(cloud: LocalCloud, told: Told): Promise<void> {
  for (let round = 0; round < KILLS; round += 1) {
    const live = await follow(cloud.outputs());
    const clients = Array.from({ length: ORDERS_A_ROUND }, (_each, index) => client(cloud, told, index));
    const work = Promise.allSettled(clients);
    await live.untilMore(round % MAX_EVENTS);
    await cloud.end('SIGKILL');
    await work;
    await cloud.start();
  }
}

const ENDS: Readonly<Record<string, string>> = { CONFIRMED: 'COMPLETED', REJECTED: 'REJECTED' };

/** What is wrong with an order after all; null when nothing is. An order that nobody has decided is confirmed now. */
async function findFault(cloud: LocalCloud, told: Told, orderId: string): Promise<string | null> {
  const outputs = cloud.outputs();
  const kinds = [...(told.decided.get(orderId) ?? [])];
  const known = await order(outputs, orderId);
  if (known === null) return told.accepted.has(orderId) ? `${orderId}: lost` : null;
  if (kinds.length === 0)
    hear(told, await insist(() => confirmOrder(outputs, { orderId, isConfirmed: true })));
  const found = await untilOrder(outputs, orderId, ({ status }) => Object.values(ENDS).includes(status));
  const kind = found.decision?.kind ?? '';
  const versions = found.history.map(({ version }) => version).join();
  if (kinds.some((one) => one !== kind)) return `${orderId}: told ${kinds.join()}, but it is ${kind}`;
  if (ENDS[kind] !== found.status) return `${orderId}: ${kind}, but it ended as ${found.status}`;
  return ['1,2,3,4,5', '1,2,3,4'].includes(versions) ? null : `${orderId}: versions ${versions}`;
}

test(`kill -9, ${KILLS} times under load: nothing acknowledged is lost, nothing is contradicted`, async () => {
  const cloud = await startLocalCloud();
  onTestFinished(cloud.remove);
  const told: Told = { asked: new Set(), accepted: new Set(), decided: new Map() };
  const startedAt = performance.now();

  await killUnderLoad(cloud, told);
  const { asked, accepted } = told;
  const decisions = [...told.decided.values()].reduce((sum, kinds) => sum + kinds.size, 0);
  print(`${KILLS} kills and starts under load`, (performance.now() - startedAt) / 1000, 's');
  const checkedAt = performance.now();
  const faults: string[] = [];
  await inTurns([...asked], async (orderId) => {
    const fault = await findFault(cloud, told, orderId);
    if (fault !== null) faults.push(fault);
  });

  print('every order ended, with a gapless history, after', (performance.now() - checkedAt) / 1000, 's');
  print('orders asked for', asked.size, '');
  print('orders acknowledged', accepted.size, '');
  print('decisions acknowledged under load', decisions, '');
  print('orders or decisions lost or contradicted', faults.length, '');
  expect(faults).toEqual([]);
  expect(accepted.size).toBeGreaterThan(KILLS);
  expect(decisions).toBeGreaterThan(KILLS / 2);
});
