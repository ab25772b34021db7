import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { createFaults } from '../../../ground/faults/createFaults.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { createTestControls } from '../../../cloud/testControls/createTestControls.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const HOUR = 3_600_000;

/** Controls of a cloud in which functions run until `idle` resolves. */
function controlsOf(idle: Promise<void>) {
  const store = openStore({ folder: temporaryFolder() });
  onTestFinished(() => store.close());
  const clock = createAdjustableClock();
  const control = createTestControls({
    store,
    clock,
    scheduler: createScheduler({ store, clock }),
    faults: createFaults(),
    stepFunctions: { whenIdle: () => idle, grantTime: () => {} },
    mayControl: () => true,
  });
  const advance = async (duration: string) =>
    control({
      method: 'POST',
      path: '/_local/clock',
      query: '',
      headers: {},
      body: Buffer.from(JSON.stringify({ advance: duration })),
      remoteAddress: '127.0.0.1',
      accessKeyId: null,
    });
  return { clock, advance };
}

afterEach(() => vi.useRealTimers());

test('time passes when the functions that run have come to their end', async () => {
  const running = Promise.withResolvers<void>();
  const { clock, advance } = controlsOf(running.promise);

  const answer = advance('PT1H');
  await Promise.resolve();
  const before = clock.offset();
  running.resolve();

  expect(await answer).toMatchObject({ status: 200 });
  expect([before, clock.offset()]).toEqual([0, HOUR]);
});

test('a function that hangs holds the time for two seconds, not longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { clock, advance } = controlsOf(new Promise(() => {}));

  const answer = advance('PT1H');
  await vi.advanceTimersByTimeAsync(1999);
  const before = clock.offset();
  await vi.advanceTimersByTimeAsync(1);

  expect(await answer).toMatchObject({ status: 200 });
  expect([before, clock.offset()]).toEqual([0, HOUR]);
});
