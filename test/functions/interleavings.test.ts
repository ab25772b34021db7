import { describe, expect, test, vi } from 'vitest';
import { handler as endedOrders } from '../../functions/api/endedOrders.ts';
import { handler as pendingOrders } from '../../functions/api/pendingOrders.ts';
import { parseDecision } from '../../functions/order/decision.ts';
import { isLegalMove } from '../../functions/order/moves.ts';
import type { OrderRecord } from '../../functions/order/orderRecord.ts';
import { parseOrderRecord } from '../../functions/order/parseOrderRecord.ts';
import { ENDS } from '../support/ends.ts';
import type { Dangers } from './fakes/engine.ts';
import { play, type Story } from './fakes/play.ts';
import { START, useFakes } from './fakes/useFakes.ts';
import { stored, world } from './fakes/world.ts';

vi.mock('../../functions/aws/objects.ts', () => import('./fakes/objects.ts'));
vi.mock('../../functions/aws/executions.ts', () => import('./fakes/executions.ts'));
vi.mock('../../functions/records/publishStatus.ts', () => import('./fakes/publishStatus.ts'));
// Pauses between tries are turns like any other.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

useFakes();

const SEEDS = Number(process.env['SEEDS'] ?? 400);
const ID = 'order-1';

function checkHistory({ history }: OrderRecord): void {
  expect(history.map(({ version }) => version)).toEqual(history.map((_event, index) => index + 1));
  for (const [index, { status }] of history.slice(1).entries())
    expect(isLegalMove(history[index]?.status ?? 'FAILED', status)).toBe(true);
  for (const event of world.published) expect(history).toContainEqual(event);
}

async function checkEnd({ acknowledged, ended }: Story, dangers: Dangers): Promise<string> {
  if (!world.objects.has(`requests/${ID}.json`)) return 'never asked for';
  const order = parseOrderRecord(stored(`orders/${ID}.json`));
  const decision = parseDecision(stored(`decisions/${ID}.json`));
  checkHistory(order);
  expect(world.unheard).toEqual([]);
  const mayFail = dangers.giveUpSteps || dangers.stopExecution;
  const isFailure = ended.some(({ status }) => status !== 'SUCCEEDED');
  expect(dangers.stopExecution ? Math.min(ended.length, 1) : ended.length).toBe(1);
  expect(ENDS[decision.kind]).toContain(order.status);
  expect(order.decision).toEqual(decision);
  expect(new Set([...acknowledged.filter((kind) => kind !== 'none'), decision.kind]).size).toBe(1);
  expect(order.status === 'FAILED' && !(mayFail && isFailure)).toBe(false);
  const told = [...world.objects].filter(([key]) => !key.startsWith('waiting/'));
  expect(JSON.stringify([told, world.published, world.logged])).not.toContain('secret-');
  world.around = async (_operation, perform) => perform();
  expect(await pendingOrders({})).toEqual({ ok: { items: [], nextToken: null } });
  expect(await endedOrders({})).toMatchObject({ ok: { items: [{ orderId: ID, status: order.status }] } });
  expect([...world.objects.keys()].filter((key) => key.startsWith('waiting/'))).toEqual([]);
  return order.status;
}

describe('whatever happens in whatever order', () => {
  test.each([
    ['calls fail and callers die', {}],
    ['steps fail and are tried again', { failSteps: true }],
    ['the engine gives up on steps that go on in the dark', { failSteps: true, giveUpSteps: true }],
    ['an operator stops and redrives the execution', { failSteps: true, stopExecution: true }],
  ] as const)('an order ends, and as decided: %s', async (_what, some) => {
    const dangers: Dangers = { giveUpSteps: false, failSteps: false, stopExecution: false, ...some };
    const ends = new Map<string, number>();

    for (let seed = 1; seed <= SEEDS; seed += 1) {
      vi.setSystemTime(new Date(START));
      const story = await play(seed, dangers);
      const end = await checkEnd(story, dangers).catch((cause: unknown) => {
        throw new Error(`Seed ${seed}: ${String(cause)}\n${world.operations.join('\n')}`, { cause });
      });
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }

    // An execution that is stopped seldom lives until its deadline.
    for (const end of ['COMPLETED', 'REJECTED', 'CANCELLED', dangers.stopExecution ? 'FAILED' : 'EXPIRED'])
      expect(ends.get(end)).toBeGreaterThan(SEEDS / 100);
  });
});
