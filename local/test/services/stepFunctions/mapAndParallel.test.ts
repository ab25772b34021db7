import { expect, onTestFinished, test, vi } from 'vitest';
import { startCloud } from './support/cloud.ts';
import { outcomeOf, runMachine, shapeOf, startMachine, typesOf, refusalOf } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';

const PASS = { Type: 'Pass', End: true };

function processor(states: Readonly<Record<string, object>>) {
  return { StartAt: Object.keys(states)[0], States: states };
}

test('begins every iteration before the first of them goes on, as recorded', async () => {
  vi.useFakeTimers({ toFake: ['Date'] }); // both tasks start, and so time out, in the same millisecond
  onTestFinished(() => void vi.useRealTimers());
  const cloud = startCloud();
  cloud.lambda.add('f', () => new Promise(() => {}));
  const T = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'f' },
    TimeoutSeconds: 5,
    End: true,
  };
  const executionArn = await startMachine(
    cloud,
    machine({ M: { Type: 'Map', ItemProcessor: processor({ T }), End: true } }),
    [1, 2],
  );

  await cloud.advance(5_000);

  expect(await shapeOf(cloud, executionArn)).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 MapStateEntered',
    '3<-2 MapStateStarted',
    '4<-3 MapIterationStarted',
    '5<-3 MapIterationStarted',
    '6<-4 TaskStateEntered',
    '7<-6 TaskScheduled',
    '8<-5 TaskStateEntered',
    '9<-8 TaskScheduled',
    '10<-7 TaskStarted',
    '11<-9 TaskStarted',
    '12<-10 TaskTimedOut',
    '13<-11 TaskTimedOut',
    '14<-12 MapIterationFailed',
    '15<-12 TaskStateAborted',
    '16<-12 MapIterationAborted',
    '17<-12 TaskStateAborted',
    '18<-12 MapStateFailed',
    '19<-18 ExecutionFailed',
  ]);
});

test('keeps the order of the items, and runs no more at once than it may', async () => {
  const cloud = startCloud();
  const open: (() => void)[] = [];
  let most = 0;
  cloud.lambda.add('f', async (payload) => {
    most = Math.max(most, open.length + 1);
    await new Promise<void>((resolve) => void open.push(resolve));
    return payload;
  });
  const Arguments = { FunctionName: 'f', Payload: '{% $states.input %}' };
  const Output = '{% $states.result.Payload.n %}';
  const T = { Type: 'Task', Resource: INVOKE, Arguments, Output, End: true };
  const Items = [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }];
  const M = { Type: 'Map', Items, MaxConcurrency: 2, ItemProcessor: processor({ T }), End: true };
  const executionArn = await startMachine(cloud, machine({ M }));

  while (open.length > 0) {
    open.pop()?.();
    await cloud.settle();
  }

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: [1, 2, 3, 4, 5] });
  expect(most).toBe(2);
});

test('runs at most 40 iterations at once without MaxConcurrency', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const Items = Array.from({ length: 45 }, (_, index) => index);
  const executionArn = await startMachine(
    cloud,
    machine({ M: { Type: 'Map', Items, ItemProcessor: processor({ T: waitingTask() }), End: true } }),
  );

  expect(tokens).toHaveLength(40);
  for (let index = 0; index < 45; index += 1) {
    await cloud.sfn.sendTaskSuccess({ taskToken: tokens[index], output: String(index) });
    await cloud.settle();
  }

  const { output } = await outcomeOf(cloud, executionArn);
  expect(output).toHaveLength(45);
});

test('shows an iteration its item, and its variables to nobody else', async () => {
  const cloud = startCloud();
  const Inner = { Type: 'Pass', Assign: { inner: '{% $states.input %}' }, Next: 'Show' };
  const Show = { Type: 'Pass', Output: '{% [$outer, $inner, $states.context.Map.Item.Index] %}', End: true };
  const definition = machine({
    Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'M' },
    M: { Type: 'Map', Items: ['a', 'b'], ItemProcessor: processor({ Inner, Show }), Next: 'After' },
    After: {
      Type: 'Pass',
      Output: { items: '{% $states.input %}', inner: '{% $exists($inner) %}' },
      End: true,
    },
  });

  expect(await runMachine(cloud, definition)).toMatchObject({
    output: {
      items: [
        ['o', 'a', 0],
        ['o', 'b', 1],
      ],
      inner: false,
    },
  });
});

test('joins the branches of a Parallel in their order, also nested ones', async () => {
  const cloud = startCloud();
  const branch = (state: object) => processor({ [`S${branches++}`]: state });
  let branches = 0;
  const Inner = {
    Type: 'Parallel',
    Branches: [branch({ ...PASS, Output: 1 }), branch({ ...PASS, Output: '{% $states.input %}' })],
    End: true,
  };
  const Branches = [branch({ ...PASS, Output: 'a' }), branch(Inner), branch({ Type: 'Succeed' })];
  const P = { Type: 'Parallel', Branches, Arguments: '{% $states.input.x %}', End: true };

  expect(await runMachine(cloud, machine({ P }), { x: 9 })).toMatchObject({ output: ['a', [1, 9], 9] });
});

test('ends a Parallel when one branch fails, and aborts the others', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  cloud.lambda.add('bad', () => {
    throw new FunctionError({ errorType: 'Bad', errorMessage: 'no' });
  });
  const Branches = [
    processor({ Wait: { Type: 'Wait', Seconds: 600, End: true } }),
    processor({ Token: waitingTask() }),
    processor({ Bad: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'bad' }, End: true } }),
  ];
  const Catch = [{ ErrorEquals: ['Bad'], Next: 'Caught' }];
  const P = { Type: 'Parallel', Branches, Catch, End: true };
  const executionArn = await startMachine(
    cloud,
    machine({ P, Caught: { ...PASS, Output: '{% $states.input.Error %}' } }),
  );

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'Bad' });
  const all = await typesOf(cloud, executionArn);
  expect(all.slice(all.indexOf('TaskFailed'))).toEqual([
    'TaskFailed',
    'TaskStateAborted',
    'WaitStateAborted',
    'TaskStateAborted',
    'ParallelStateFailed',
    'ParallelStateExited',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ]);
  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toMatchObject({
    name: 'TaskTimedOut',
  });
});

test('repeats a whole Map that is retried', async () => {
  const cloud = startCloud();
  let calls = 0;
  cloud.lambda.add('f', () => {
    calls += 1;
    if (calls === 2) throw new FunctionError({ errorType: 'Once', errorMessage: 'no' });
    return String(calls);
  });
  const T = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'f' },
    Output: '{% $states.result.Payload %}',
    End: true,
  };
  const Retry = [{ ErrorEquals: ['Once'] }];
  const M = {
    Type: 'Map',
    Items: [1, 2],
    MaxConcurrency: 1,
    ItemProcessor: processor({ T }),
    Retry,
    End: true,
  };
  const executionArn = await startMachine(cloud, machine({ M }));

  await cloud.advance(1_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: [3, 4] });
  expect(await typesOf(cloud, executionArn)).not.toContain('MapStateFailed');
});

test('selects the input of an iteration, and fails as the Map when that fails', async () => {
  const cloud = startCloud();
  const map = (ItemSelector: unknown) =>
    machine({
      M: { Type: 'Map', Items: [1, 2], ItemSelector, ItemProcessor: processor({ PASS }), End: true },
    });
  const failed = await startMachine(cloud, map({ a: '{% $nothing %}' }));

  expect(await runMachine(cloud, map('{% $states.context.Map.Item.Value * 10 %}'))).toMatchObject({
    output: [10, 20],
  });
  expect((await typesOf(cloud, failed)).slice(-3)).toEqual([
    'EvaluationFailed',
    'MapStateFailed',
    'ExecutionFailed',
  ]);
});

test('goes on with a Map of waiting tasks as their tokens come back, in any order', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const M = { Type: 'Map', Items: [1, 2, 3], ItemProcessor: processor({ T: waitingTask() }), End: true };
  const executionArn = await startMachine(cloud, machine({ M }));

  for (const index of [2, 0, 1]) {
    await cloud.sfn.sendTaskSuccess({ taskToken: tokens[index], output: `"${index}"` });
  }

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: ['0', '1', '2'] });
});
