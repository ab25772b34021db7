import { expect, test } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const HOUR = 3_600_000;

function setUp(folder = temporaryFolder()) {
  const store = openStore({ folder });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const ran: string[] = [];
  scheduler.handle('test', (key) => ran.push(key));
  return { store, clock, scheduler, ran, folder };
}

test('runs what became due, the earliest first, and nothing else', async () => {
  const { store, clock, scheduler, ran } = setUp();
  scheduler.start();
  scheduler.set('test', 'second', clock.now() + 2 * HOUR);
  scheduler.set('test', 'first', clock.now() + HOUR);
  scheduler.set('test', 'later', clock.now() + 4 * HOUR);

  clock.advance(3 * HOUR);
  await scheduler.runDue();

  expect(ran).toEqual(['first', 'second']);
  scheduler.stop();
  store.close();
});

test('runs a deadline once, also when asked twice', async () => {
  const { store, clock, scheduler, ran } = setUp();
  scheduler.start();
  scheduler.set('test', 'once', clock.now() + HOUR);

  clock.advance(HOUR);
  await scheduler.runDue();
  await scheduler.runDue();

  expect(ran).toEqual(['once']);
  scheduler.stop();
  store.close();
});

test('forgets a cancelled deadline and obeys a moved one', async () => {
  const { store, clock, scheduler, ran } = setUp();
  scheduler.start();
  scheduler.set('test', 'cancelled', clock.now() + HOUR);
  scheduler.set('test', 'moved', clock.now() + HOUR);
  scheduler.cancel('test', 'cancelled');
  scheduler.set('test', 'moved', clock.now() + 9 * HOUR);

  clock.advance(2 * HOUR);
  await scheduler.runDue();

  expect(ran).toEqual([]);
  scheduler.stop();
  store.close();
});

test('keeps deadlines over a restart, and they pass while it is down', async () => {
  const first = setUp();
  first.scheduler.set('test', 'kept', first.clock.now() + HOUR);
  await first.store.settled();
  first.store.close();

  const second = setUp(first.folder);
  second.clock.advance(2 * HOUR);
  second.scheduler.start();
  await second.scheduler.runDue();

  expect(second.ran).toEqual(['kept']);
  second.scheduler.stop();
  second.store.close();
});

test('does not fire early for a deadline beyond the longest timer of Node', async () => {
  const { store, clock, scheduler, ran } = setUp();
  scheduler.start();
  scheduler.set('test', 'in a century', clock.now() + 100 * 365 * 24 * HOUR);

  await scheduler.runDue();

  expect(ran).toEqual([]);
  scheduler.stop();
  store.close();
});
