import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { createCloud, type Cloud, startCloud } from './support/cloud.ts';
import { eventsOf, outcomeOf, refusalOf, startMachine } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Each event but the first ones, with the seconds after the start at which it happened. */
async function timesOf(cloud: Cloud, executionArn: string, types: RegExp): Promise<readonly string[]> {
  const events = await eventsOf(cloud, executionArn);
  const start = events[0]?.timestamp?.getTime() ?? 0;
  return events
    .filter(({ type }) => types.test(type ?? ''))
    .map(({ type, timestamp }) => `${type} ${Math.floor(((timestamp?.getTime() ?? 0) - start) / 1000)}`);
}

test('runs reminder after reminder in one advance, each at its own time', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 }];
  const Wait = waitingTask({ TimeoutSeconds: 3600, Retry });
  const executionArn = await startMachine(cloud, machine({ Wait }));

  await cloud.advance(DAY);

  expect(await timesOf(cloud, executionArn, /Task(Scheduled|TimedOut)|ExecutionFailed/)).toEqual([
    'TaskScheduled 0',
    'TaskTimedOut 3600',
    'TaskScheduled 3610',
    'TaskTimedOut 7210',
    'TaskScheduled 7220',
    'TaskTimedOut 10820',
    'ExecutionFailed 10820',
  ]);
  expect(tokens).toHaveLength(3);
});

test('lets one Wait follow the other within one advance', async () => {
  const cloud = startCloud();
  const definition = machine({
    A: { Type: 'Wait', Seconds: 3600, Next: 'B' },
    B: { Type: 'Wait', Seconds: '{% 3600 %}', Next: 'C' },
    C: { Type: 'Wait', Seconds: 3600, End: true },
  });
  const executionArn = await startMachine(cloud, definition);

  await cloud.advance(3 * HOUR);

  expect(await timesOf(cloud, executionArn, /Exited|Succeeded/)).toEqual([
    'WaitStateExited 3600',
    'WaitStateExited 7200',
    'WaitStateExited 10800',
    'ExecutionSucceeded 10800',
  ]);
});

test('ends a Wait of years within the year that an execution lives', async () => {
  const cloud = startCloud();
  const years = machine({ W: { Type: 'Wait', Seconds: 99_999_999, End: true } });
  const executionArn = await startMachine(cloud, years);

  await cloud.advance(364 * DAY);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(4 * 365 * DAY);

  expect(await outcomeOf(cloud, executionArn)).toEqual({ status: 'TIMED_OUT' });
  expect(await timesOf(cloud, executionArn, /TimedOut/)).toEqual([`ExecutionTimedOut ${365 * 86_400}`]);
});

test('a function that begins long after it was due still gets its whole time', async () => {
  const cloud = startCloud();
  cloud.lambda.add('slow', async () => {
    await cloud.lambda.sleep(5_000);
    return '"done"';
  });
  const T = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'slow' },
    TimeoutSeconds: 10,
    End: true,
  };
  const executionArn = await startMachine(
    cloud,
    machine({ W: { Type: 'Wait', Seconds: 60, Next: 'T' }, T: { ...T, Output: 'in time' } }),
  );

  await cloud.advance(HOUR);
  await cloud.advance(5_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'in time' });
  expect(await timesOf(cloud, executionArn, /TaskScheduled|TaskSucceeded/)).toEqual([
    'TaskScheduled 60',
    'TaskSucceeded 3605',
  ]);
});

const TIMEOUT_SECONDS = 10;
const taskOf = (FunctionName: string) =>
  machine({
    T: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName },
      TimeoutSeconds: TIMEOUT_SECONDS,
      Output: 'in time',
      End: true,
    },
  });

test('a function that waits for its turn gets its whole time when it begins, and no more', async () => {
  const cloud = startCloud();
  const turn = Promise.withResolvers<void>();
  const sleeping = (milliseconds: number) => async () => {
    await cloud.lambda.sleep(milliseconds);
    return '"done"';
  };
  cloud.lambda.add('busy', sleeping(9_000), turn.promise);
  cloud.lambda.add('slow', sleeping(11_000), turn.promise);
  const [busy, slow] = [await startMachine(cloud, taskOf('busy')), await startMachine(cloud, taskOf('slow'))];

  for (const pause of [11_000, 11_000]) await cloud.advance(pause);
  turn.resolve();
  await cloud.settle();
  for (const pause of [9_500, 1_000]) await cloud.advance(pause);

  expect(await outcomeOf(cloud, busy)).toMatchObject({ status: 'SUCCEEDED', output: 'in time' });
  expect(await outcomeOf(cloud, slow)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await timesOf(cloud, slow, /TaskTimedOut/)).toEqual(['TaskTimedOut 32']);
});

test('a function that has just begun does not feel a jump of the clock; one that hangs does', async () => {
  const cloud = startCloud();
  const { promise, resolve } = Promise.withResolvers<void>();
  const answering = async () => {
    await promise;
    return '"done"';
  };
  for (const name of ['hangs', 'runs']) cloud.lambda.add(name, answering);
  const hanging = await startMachine(cloud, taskOf('hangs'));
  await cloud.advance(3_000);
  const running = await startMachine(cloud, taskOf('runs'));

  cloud.stepFunctions.grantTime(HOUR);
  await cloud.advance(HOUR);
  resolve();
  await cloud.settle();

  expect(await outcomeOf(cloud, hanging)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await outcomeOf(cloud, running)).toMatchObject({ status: 'SUCCEEDED', output: 'in time' });
});

test('refuses an answer that comes after the deadline, also before the deadline was noticed', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask({ TimeoutSeconds: 60 }) }));
  const taskToken = tokens[0] ?? '';

  cloud.clock.advance(61_000);
  const late = await refusalOf(sfn.sendTaskSuccess({ taskToken, output: '1' }));

  expect(late).toEqual({
    name: 'TaskTimedOut',
    message: "Task Timed Out: 'Provided task does not exist anymore'",
  });
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await timesOf(cloud, executionArn, /TaskTimedOut/)).toEqual(['TaskTimedOut 60']);
});

test('a heartbeat after the heartbeat was missed does not bring the task back', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  const tokens = keepTokens(cloud);
  const Retry = [{ ErrorEquals: ['States.HeartbeatTimeout'], IntervalSeconds: 1, MaxAttempts: 1 }];
  const Wait = waitingTask({ HeartbeatSeconds: 60, TimeoutSeconds: 3600, Retry });
  const executionArn = await startMachine(cloud, machine({ Wait }));

  cloud.clock.advance(61_500);
  const late = await refusalOf(sfn.sendTaskHeartbeat({ taskToken: tokens[0] ?? '' }));
  await cloud.settle();

  expect(late.name).toBe('TaskTimedOut');
  expect(tokens).toHaveLength(2);
  await sfn.sendTaskHeartbeat({ taskToken: tokens[1] ?? '' });
  expect(await timesOf(cloud, executionArn, /TaskScheduled|TaskTimedOut/)).toEqual([
    'TaskScheduled 0',
    'TaskTimedOut 60',
    'TaskScheduled 61',
  ]);
});

function afterCrash(cloud: Cloud, offset: number): Cloud {
  const folder = join(temporaryFolder(), 'copy');
  cpSync(cloud.folder, folder, { recursive: true });
  return createCloud({ folder, offset: cloud.clock.offset() + offset });
}

test('keeps the rhythm of the reminders while the process is down', async () => {
  const before = startCloud();
  keepTokens(before);
  const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }];
  const executionArn = await startMachine(
    before,
    machine({ Wait: waitingTask({ TimeoutSeconds: 86_400, Retry }) }),
  );

  const cloud = afterCrash(before, 30 * HOUR);
  onTestFinished(cloud.stop);
  const tokens = keepTokens(cloud);
  cloud.scheduler.start();
  cloud.stepFunctions.start();
  await cloud.settle();

  expect(tokens).toHaveLength(1);
  await cloud.advance(19 * HOUR);
  expect(tokens).toHaveLength(2);
  expect(await timesOf(cloud, executionArn, /Scheduled|TimedOut/)).toEqual([
    'TaskScheduled 0',
    'TaskTimedOut 86400',
    'TaskScheduled 86401',
    'TaskTimedOut 172801',
    'TaskScheduled 172802',
  ]);
});

test('gives a function that a crash cut its whole time again', async () => {
  const before = startCloud();
  before.lambda.add('f', () => new Promise(() => {}));
  const T = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'f' },
    TimeoutSeconds: 60,
    End: true,
  };
  const executionArn = await startMachine(before, machine({ T: { ...T, Output: 'done' } }));

  const cloud = afterCrash(before, DAY);
  onTestFinished(cloud.stop);
  cloud.lambda.add('f', () => '1');
  cloud.scheduler.start();
  cloud.stepFunctions.start();
  await cloud.settle();

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});
