import { afterEach, describe, expect, test, vi } from 'vitest';
import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { stored, world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();
afterEach(() => vi.unstubAllEnvs());

const ID = 'order-1';
const person = (name: string, groups: readonly string[] = []) => ({
  name,
  id: `https://issuer ${name}`,
  groups,
});
const GRACE = person('grace@example.com');
const ADA = person('ada@example.com', ['approvers']);

function place(fields: Readonly<Record<string, unknown>>) {
  return processOrder({ orderId: ID, orderDetails: 'Chairs', requestedBy: null, person: null, ...fields });
}

function confirm(fields: Readonly<Record<string, unknown>>) {
  return confirmOrder({
    orderId: ID,
    isConfirmed: true,
    decidedBy: null,
    reason: null,
    person: null,
    ...fields,
  });
}

const notAllowed = (message: string) => ({
  error: { type: 'NotAllowed', message, info: { retryable: false } },
});

describe('a decision of a signed-in person', () => {
  test('carries the name of the token, verified, whatever name is claimed', async () => {
    await place({});

    const answer = await confirm({ person: ADA, decidedBy: 'Somebody else' });

    expect(answer).toMatchObject({ ok: { decision: { decidedBy: 'ada@example.com', isVerified: true } } });
  });

  test('a request keeps the verified identity of the person who placed it', async () => {
    await place({ person: GRACE, requestedBy: 'Somebody else' });

    expect(stored(`requests/${ID}.json`)).toMatchObject({
      requestedBy: 'grace@example.com',
      requesterId: 'https://issuer grace@example.com',
    });
  });
});

describe('a group of approvers', () => {
  test.each([
    ['somebody outside of it', () => confirm({ person: GRACE })],
    ['an API key', () => confirm({ decidedBy: 'Ada' })],
    [
      'a cancellation from outside of it',
      () => cancelOrder({ orderId: ID, decidedBy: null, reason: null, person: GRACE }),
    ],
  ])('refuses %s, and nothing is decided', async (_who, decide) => {
    vi.stubEnv('APPROVER_GROUP', 'approvers');
    await place({});

    expect(await decide()).toEqual(
      notAllowed('Order "order-1" can be decided only by members of the group "approvers".'),
    );
    expect(world.operations.filter((operation) => operation.includes('decisions/'))).toEqual([]);
  });

  test('lets a member decide', async () => {
    vi.stubEnv('APPROVER_GROUP', 'approvers');
    await place({});

    expect(await confirm({ person: ADA })).toMatchObject({ ok: { decision: { kind: 'CONFIRMED' } } });
  });
});

describe('where self-approval is refused', () => {
  const OWN = 'who may not confirm it. Another person must decide.';
  test.each([
    ['the same verified person', { person: GRACE }, { person: GRACE }],
    ['the same person under a new name', { person: GRACE }, { person: { ...GRACE, name: 'Grace' } }],
    [
      'the same claimed name in other letters',
      { requestedBy: 'Grace  Hopper' },
      { decidedBy: ' grace hopper' },
    ],
    [
      'a verified person who placed it with a claimed name',
      { requestedBy: 'Grace@Example.com' },
      { person: GRACE },
    ],
  ])('%s cannot confirm an order of their own', async (_who, placing, deciding) => {
    vi.stubEnv('SELF_APPROVAL', 'refused');
    await place(placing);

    const answer = await confirm(deciding);

    expect(answer).toMatchObject({ error: { type: 'NotAllowed', message: expect.stringContaining(OWN) } });
    expect(world.operations.filter((operation) => operation.startsWith('create decisions/'))).toEqual([]);
  });

  test('an order with a requester cannot be confirmed without a name', async () => {
    vi.stubEnv('SELF_APPROVAL', 'refused');
    await place({ requestedBy: 'Grace' });

    expect(await confirm({})).toEqual(
      notAllowed(
        'Order "order-1" cannot be confirmed without a name: pass decidedBy, because its requester may not confirm it.',
      ),
    );
  });

  test.each([
    ['another person confirms', { person: GRACE }, { person: ADA }],
    ['two people have the same name', { person: GRACE }, { person: { ...ADA, name: GRACE.name } }],
    ['the order names no requester', {}, { decidedBy: 'Ada' }],
    ['the requester rejects the order', { person: GRACE }, { person: GRACE, isConfirmed: false }],
  ])('%s', async (_what, placing, deciding) => {
    vi.stubEnv('SELF_APPROVAL', 'refused');
    await place(placing);

    expect(await confirm(deciding)).toMatchObject({ ok: { orderId: ID } });
  });
});
