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
  const post = async (path: string, body: unknown) =>
    control({
      method: 'POST',
      path,
      query: '',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      remoteAddress: '127.0.0.1',
      accessKeyId: null,
    });
  return { clock, post, advance: (duration: string) => post('/_local/clock', { advance: duration }) };
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

test.each([
  ['/_local/clock', { advance: '72h' }, /^advance must be an ISO 8601 duration .*; got "72h"\.$/],
  [
    '/_local/clock',
    { advance: 'P99999999D' },
    'advance must end in the year 275760 or earlier; got "P99999999D".',
  ],
  ['/_local/clock', { advance: 'PT1H', by: 2 }, '"by" is not a member of this request; use advance.'],
  ['/_local/faults', { kind: 'slow' }, /^kind must be one of error, throttle, .*; got "slow"\.$/],
  ['/_local/faults', { kind: 'error', times: 0 }, 'times must be a whole number from 1 to 1000000; got 0.'],
  ['/_local/faults', { kind: 'delay', ms: 60_001 }, 'ms must be a whole number from 0 to 60000; got 60001.'],
  ['/_local/faults', { kind: 'error' }, /^point must be one of the \d+ .*; got nothing\.$/],
  [
    '/_local/faults',
    { kind: 'error', time: 3 },
    '"time" is not a member of this request; use point, kind, times, ms.',
  ],
])('%s refuses %j and says what is allowed', async (path, body, message) => {
  const { post, clock } = controlsOf(Promise.resolve());

  const { status, body: answer } = await post(path, body);

  expect(status).toBe(400);
  expect(JSON.parse(String(answer)).message).toMatch(message);
  expect(clock.offset()).toBe(0);
});
