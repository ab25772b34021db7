import { beforeEach, describe, expect, test, vi } from 'vitest';
import { attempt, decide, ID } from '../fakes/order.ts';
import { DEADLINE, letPass, START, useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();
beforeEach(() => vi.resetModules()); // each test has an instance of the function of its own

const put = (key: string, value: unknown = '') =>
  world.objects.set(key, { text: value === '' ? '' : JSON.stringify(value), etag: key });
const MARK = `pending/${DEADLINE}_order-1`;

/** An order that paused under version 1. */
function pauseUnderVersion1(): void {
  const statuses = ['RECEIVED', 'PROCESSING', 'PAUSED'];
  const history = statuses.map((status, index) => ({
    orderId: ID,
    status,
    version: index + 1,
    at: START,
    reason: null,
    decidedBy: null,
    deadline: status === 'PAUSED' ? DEADLINE : null,
    reminder: status === 'PAUSED' ? 0 : null,
  }));
  const order = { orderId: ID, orderDetails: 'ten chairs', status: 'PAUSED', version: 3, createdAt: START };
  put(`requests/${ID}.json`, { orderId: ID, orderDetails: 'ten chairs', hash: 'h', at: START });
  put(`orders/${ID}.json`, { ...order, updatedAt: START, deadline: DEADLINE, decision: null, history });
  put(`tokens/${ID}.json`, { token: 'token-of-1', redriveCount: 0, retryCount: 0 });
  put(MARK);
  world.waiting.add('token-of-1');
}

describe('an order that paused under version 1', () => {
  test('is woken by its token, and leaves the worklist when it ends', async () => {
    pauseUnderVersion1();
    const { handler: rejectStep } = await import('../../../functions/steps/rejectOrder.ts');

    await decide(false);
    await rejectStep({ orderId: ID });

    expect(world.answered).toEqual([{ token: 'token-of-1', kind: 'REJECTED' }]);
    expect(world.objects.has(MARK)).toBe(false);
  });

  test('is reminded under version 2, with a token in the new place and no line left in the old one', async () => {
    pauseUnderVersion1();
    letPass(24);

    await attempt('token-1', 1);

    expect(world.objects.has(`waiting/${DEADLINE}_order-1`)).toBe(true);
    expect(world.objects.has(MARK)).toBe(false);
  });
});

describe('the worklist while orders of version 1 wait', () => {
  const list = async (limit: number, after: string | null = null) =>
    (await import('../../../functions/records/worklist.ts')).listWorklist(limit, after);

  test('shows an order at every moment of its reminder, in the old place or in the new one', async () => {
    pauseUnderVersion1();
    letPass(24);
    const missed: string[] = [];
    world.around = async ({ name, key }, perform) => {
      const value = perform();
      if (!world.objects.has(MARK) && !world.objects.has(`waiting/${DEADLINE}_order-1`))
        missed.push(`${name} ${key}`);
      return value;
    };

    await attempt('token-1', 1);

    expect(world.objects.has(MARK)).toBe(false);
    expect(missed).toEqual([]);
  });

  test('shows an order that moves from the old place to the new one while the page is read', async () => {
    put('pending/1_a');
    world.around = async ({ name }, perform) => {
      const value = perform();
      if (name === 'list') {
        put('waiting/1_a');
        world.objects.delete('pending/1_a');
      }
      return value;
    };

    expect(await list(10)).toEqual({ names: ['1_a'], next: null });
  });

  test('is one list in the order of the deadlines, each order once', async () => {
    for (const name of ['1_a', '3_c']) put(`pending/${name}`);
    for (const name of ['2_b', '3_c']) put(`waiting/${name}`);

    expect(await list(10)).toEqual({ names: ['1_a', '2_b', '3_c'], next: null });
  });

  test('has pages without a gap, also when the last name of a page is the last of both lists', async () => {
    for (const name of ['1_a', '3_c']) put(`pending/${name}`);
    for (const name of ['2_b', '4_d']) put(`waiting/${name}`);

    expect(await list(2)).toEqual({ names: ['1_a', '2_b'], next: '2_b' });
    expect(await list(2, '2_b')).toEqual({ names: ['3_c', '4_d'], next: null });
    expect(await list(1, '2_b')).toEqual({ names: ['3_c'], next: '3_c' });
  });

  test.each([
    ['in the old list', ['1_a', '2_b', '3_c'], ['1_a']],
    ['in the new list', ['1_a'], ['1_a', '2_b', '3_c']],
  ])('goes on when more names are left %s only', async (_where, pending, waiting) => {
    for (const name of pending) put(`pending/${name}`);
    for (const name of waiting) put(`waiting/${name}`);

    expect(await list(2)).toEqual({ names: ['1_a', '2_b'], next: '2_b' });
  });

  test('is asked for once more by an instance that found it empty from its beginning', async () => {
    put('waiting/2_b');

    await list(10);
    await list(10);

    expect(world.operations.filter((operation) => operation === 'list pending/')).toHaveLength(1);
  });

  test.each([
    ['the page was not the first', '9_z'],
    ['there was an order', null],
  ])('is asked for again when %s', async (_why, after) => {
    put('pending/1_a');

    await list(10, after);
    await list(10, after);

    expect(world.operations.filter((operation) => operation === 'list pending/')).toHaveLength(2);
  });
});

describe('an order of version 1 between two attempts', () => {
  test('is decided also when its token is not there', async () => {
    pauseUnderVersion1();
    world.objects.delete(`tokens/${ID}.json`);

    const answer = await decide(false);

    expect(answer).toMatchObject({ ok: { decision: { kind: 'REJECTED' } } });
    expect(world.answered).toEqual([]);
  });

  test('is woken by the newer token, which was written beside its record', async () => {
    pauseUnderVersion1();
    put(`waiting/${DEADLINE}_order-1`, { token: 'token-1', redriveCount: 0, retryCount: 1 });
    world.waiting.add('token-1');

    await decide(true);

    expect(world.answered).toEqual([{ token: 'token-1', kind: 'CONFIRMED' }]);
  });
});
