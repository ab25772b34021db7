import { expect, test, vi } from 'vitest';
import { handler as order } from '../../functions/api/order.ts';
import { handler as recordsCreated } from '../../functions/recovery/recordsCreated.ts';
import { handler as completeStep } from '../../functions/steps/completeOrder.ts';
import { handler as expireStep } from '../../functions/steps/expireOrder.ts';
import { handler as rejectStep } from '../../functions/steps/rejectOrder.ts';
import { handler as beginStep } from '../../functions/steps/processOrder.ts';
import { batchOf, createdBody } from './fakes/messages.ts';
import { attempt, decide, ID, receive } from './fakes/order.ts';
import { DEADLINE, letPass, useFakes } from './fakes/useFakes.ts';
import { world } from './fakes/world.ts';

vi.mock('../../functions/aws/objects.ts', () => import('./fakes/objects.ts'));
vi.mock('../../functions/aws/executions.ts', () => import('./fakes/executions.ts'));
vi.mock('../../functions/records/publishStatus.ts', () => import('./fakes/publishStatus.ts'));
vi.mock('../../functions/work/beforeApproval.ts', () => ({ beforeApproval: null }));
vi.mock('../../functions/work/afterApproval.ts', () => ({ afterApproval: null }));

useFakes();

/** The calls of AWS that one function makes. */
async function callsOf(action: () => Promise<unknown>): Promise<readonly string[]> {
  world.operations.length = 0;
  await action();
  return [...world.operations];
}

const net = () =>
  recordsCreated(batchOf(createdBody('requests/order-1.json'), createdBody('decisions/order-1.json')));

test('a confirmed order without own work makes 18 calls, and the safety net one more', async () => {
  const calls = {
    processOrder: await callsOf(() => receive()),
    ProcessOrder: await callsOf(() => beginStep({ orderId: ID })),
    storeTaskToken: await callsOf(() => attempt('token-0')),
    confirmOrder: await callsOf(() => decide(true)),
    CompleteOrder: await callsOf(() => completeStep({ orderId: ID })),
    recovery: await callsOf(net),
  };

  expect(calls).toEqual({
    processOrder: ['create requests/order-1.json', 'start order-1'],
    ProcessOrder: [],
    storeTaskToken: [
      `create waiting/${DEADLINE}_order-1`,
      'create orders/order-1.json',
      'read decisions/order-1.json',
      'publish order-1 2 PROCESSING',
      'publish order-1 3 PAUSED',
    ],
    confirmOrder: [
      'read orders/order-1.json',
      'create decisions/order-1.json',
      `read waiting/${DEADLINE}_order-1`,
      'answer CONFIRMED',
    ],
    CompleteOrder: [
      'read decisions/order-1.json',
      'read orders/order-1.json',
      'replace orders/order-1.json',
      'publish order-1 4 CONFIRMED',
      `remove waiting/${DEADLINE}_order-1`,
      expect.stringMatching(/^mark ended\/\d{13}_order-1$/),
      'publish order-1 5 COMPLETED',
    ],
    recovery: ['read orders/order-1.json'],
  });
});

test('who follows an order asks for it without its details, which saves a read once the workflow has written', async () => {
  const follow = () => order({ orderId: ID, showsRequest: false });
  await receive();
  const received = await callsOf(follow);
  await beginStep({ orderId: ID });
  await attempt('token-0');

  const paused = await callsOf(follow);

  expect(received).toEqual([
    'read orders/order-1.json',
    'read decisions/order-1.json',
    'read requests/order-1.json',
  ]);
  expect(paused).toEqual(['read orders/order-1.json', 'read decisions/order-1.json']);
});

test('a rejected order makes one call less, because it has one status less to publish', async () => {
  await receive();
  await beginStep({ orderId: ID });
  await attempt('token-0');
  await decide(false);

  expect(await callsOf(() => rejectStep({ orderId: ID }))).toHaveLength(6);
});

test('a reminder makes six calls, and an expiry seven', async () => {
  await receive();
  await beginStep({ orderId: ID });
  await attempt('token-0');
  letPass(24);

  const reminder = await callsOf(() => attempt('token-1', 1));
  letPass(48);
  const expiry = await callsOf(() => expireStep({ orderId: ID }));

  expect(reminder).toEqual([
    'read orders/order-1.json',
    `read waiting/${DEADLINE}_order-1`,
    'replace orders/order-1.json',
    `replace waiting/${DEADLINE}_order-1`,
    'read decisions/order-1.json',
    'publish order-1 4 PAUSED',
  ]);
  expect(expiry).toEqual([
    'read orders/order-1.json',
    'read decisions/order-1.json',
    'create decisions/order-1.json',
    'replace orders/order-1.json',
    'publish order-1 5 EXPIRED',
    `remove waiting/${DEADLINE}_order-1`,
    expect.stringMatching(/^mark ended\/\d{13}_order-1$/),
  ]);
});

/** How many calls follow one another: those that wait at the same time are answered at the same time. */
async function depthOf(action: () => Promise<unknown>): Promise<number> {
  const waiting: (() => void)[] = [];
  world.around = async (_operation, perform) => {
    await new Promise<void>((resolve) => void waiting.push(resolve));
    return perform();
  };
  const done = action();
  let depth = 0;
  for (await nextTurn(); waiting.length > 0; await nextTurn()) {
    depth += 1;
    for (const resolve of waiting.splice(0)) resolve();
  }
  await done;
  world.around = async (_operation, perform) => perform();
  return depth;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('five calls follow one another until PAUSED is heard, and seven until COMPLETED is', async () => {
  const untilPaused =
    (await depthOf(() => receive())) +
    (await depthOf(() => beginStep({ orderId: ID }))) +
    (await depthOf(() => attempt('token-0')));
  const untilCompleted =
    (await depthOf(() => decide(true))) + (await depthOf(() => completeStep({ orderId: ID })));

  expect([untilPaused, untilCompleted]).toEqual([5, 7]);
});
