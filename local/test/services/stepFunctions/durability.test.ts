import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { createCloud, startCloud, type Cloud } from './support/cloud.ts';
import { outcomeOf, startMachine, typesOf, refusalOf } from './support/executions.ts';
import { keepTokens, machine, waitingTask } from './support/machines.ts';

const HOUR = 3_600_000;

/** What a machine finds that lost its power: the files as they are now, without an orderly end. */
function afterCrash(cloud: Cloud, offset = 0): Cloud {
  const folder = join(temporaryFolder(), 'copy');
  cpSync(cloud.folder, folder, { recursive: true });
  return createCloud({ folder, offset: cloud.clock.offset() + offset });
}

function startAgain(cloud: Cloud): Cloud {
  cloud.scheduler.start();
  cloud.stepFunctions.start();
  return cloud;
}

test('completes after a crash what was paused before it', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));

  const again = startAgain(afterCrash(cloud));

  await again.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '"late"' });
  expect(await outcomeOf(again, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'late' });
  expect(again.lambda.invocations).toEqual([]);
  await again.stop();
});

test('invokes again what a crash cut, with the same token, and nothing else', async () => {
  const cloud = startCloud();
  cloud.lambda.add('keep', () => new Promise(() => {}));
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));
  const payload = cloud.lambda.invocations[0]?.payload ?? '';

  const again = afterCrash(cloud);
  const tokens = keepTokens(again);
  startAgain(again);
  await again.settle();

  expect(again.lambda.invocations).toEqual([{ name: 'keep', payload }]);
  expect(await typesOf(again, executionArn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
  ]);
  await again.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' });
  await again.stop();
});

test('does not invoke a second time what it has invoked itself', async () => {
  const cloud = startCloud();
  cloud.lambda.add('keep', () => new Promise(() => {}));
  await startMachine(cloud, machine({ Wait: waitingTask() }));

  cloud.stepFunctions.start();
  await cloud.settle();

  expect(cloud.lambda.invocations).toHaveLength(1);
});

test('lets deadlines pass while it is down', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask({ TimeoutSeconds: 3600 }) }));

  const again = startAgain(afterCrash(cloud, 2 * HOUR));
  await again.scheduler.runDue();

  expect(await outcomeOf(again, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await refusalOf(again.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toMatchObject({
    name: 'TaskTimedOut',
  });
  await again.stop();
});

test('goes on with a wait and a retry that became due while it was down', async () => {
  const cloud = startCloud();
  const waiting = await startMachine(cloud, machine({ Wait: { Type: 'Wait', Seconds: 3600, End: true } }), {
    id: 7,
  });
  const Retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }];
  keepTokens(cloud);
  await startMachine(cloud, machine({ Wait: waitingTask({ TimeoutSeconds: 3600, Retry }) }));
  await cloud.advance(3_500_000);

  const again = afterCrash(cloud, HOUR);
  const tokens = keepTokens(again);
  startAgain(again);
  await again.advance(2_000);

  expect(await outcomeOf(again, waiting)).toMatchObject({ status: 'SUCCEEDED', output: { id: 7 } });
  expect(tokens).toHaveLength(1);
  await again.stop();
});

test('knows a name and its input after a crash', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }), { id: 1 });
  const name = executionArn.split(':').at(-1);
  const stateMachineArn = executionArn.replace(':execution:', ':stateMachine:').replace(`:${name}`, '');

  const again = startAgain(afterCrash(cloud));

  expect(await again.sfn.startExecution({ stateMachineArn, name, input: '{"id":1}' })).toMatchObject({
    executionArn,
  });
  expect(
    await refusalOf(again.sfn.startExecution({ stateMachineArn, name, input: '{"id":2}' })),
  ).toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
  await again.stop();
});

test('invokes nothing before the step that schedules it is on disk', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const definition = machine({ Wait: waitingTask() });
  const invocations: number[] = [];

  cloud.store.transact(() => {
    cloud.stepFunctions.define({
      name: 'm',
      arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m',
      roleArn: 'arn:aws:iam::111111111111:role/r',
      definition,
    });
    void cloud.callRaw('StartExecution', {
      stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m',
    });
    invocations.push(cloud.lambda.invocations.length);
  });
  await cloud.store.settled();
  await cloud.settle();
  invocations.push(cloud.lambda.invocations.length);

  expect(invocations).toEqual([0, 1]);
});

test('keeps a paused execution on little disk, in no timer, and looks at none of them when it starts', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  await startMachine(cloud, machine({ Wait: waitingTask({ TimeoutSeconds: 86_400 }) }));
  const stateMachineArn = String(cloud.store.statement('SELECT arn FROM sfn_machines').get()?.['arn']);
  const COUNT = 2_000;
  for (let index = 0; index < COUNT; index += 1) {
    void cloud.callRaw('StartExecution', {
      stateMachineArn,
      input: JSON.stringify({ orderId: `order-${index}` }),
    });
  }
  await cloud.settle();

  const size = cloud.store.database.prepare('PRAGMA page_count').get()?.['page_count'];
  const underWay = cloud.store
    .statement('SELECT count(*) AS n FROM sfn_executions WHERE under_way = 1')
    .get();
  const plan = cloud.store.database
    .prepare('EXPLAIN QUERY PLAN SELECT id FROM sfn_executions WHERE under_way = 1 ORDER BY id')
    .all();
  const PAGE_BYTES = 4096;
  const LARGEST = 700;

  expect((Number(size) * PAGE_BYTES) / COUNT).toBeLessThan(LARGEST);
  expect(underWay).toEqual({ n: 0 });
  expect(JSON.stringify(plan)).toContain('sfn_executions_under_way');
});
