import { expect, test } from 'vitest';
import { outcomeOf, runMachine, shapeOf, startMachine } from './support/executions.ts';
import { INVOKE, machine } from './support/machines.ts';
import { startCloud } from './support/cloud.ts';

const PASS = { Type: 'Pass', End: true };
const CAUGHT = { Type: 'Pass', Output: { caught: '{% $states.input.Error %}' }, End: true };
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];

function processor(states: Readonly<Record<string, object>>) {
  return { ProcessorConfig: { Mode: 'INLINE' }, StartAt: Object.keys(states)[0], States: states };
}

test('ends the iterations that run when one more cannot begin', async () => {
  const cloud = startCloud();
  const open: (() => void)[] = [];
  cloud.lambda.add('f', async (payload) => {
    await new Promise<void>((resolve) => void open.push(resolve));
    return payload;
  });
  const T = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, End: true };
  const M = {
    Type: 'Map',
    Items: [{ n: 1 }, { n: 2 }, {}],
    MaxConcurrency: 2,
    ItemSelector: { n: '{% $states.context.Map.Item.Value.n %}' },
    ItemProcessor: processor({ T }),
    Catch: CATCH,
    Next: 'After',
  };
  const After = { Type: 'Pass', End: true };
  const executionArn = await startMachine(
    cloud,
    machine({
      M,
      After,
      Caught: { Type: 'Wait', Seconds: 1000, Next: 'Last' },
      Last: { ...PASS, Output: 'last' },
    }),
  );

  open[0]?.(); // the third iteration would begin now
  await cloud.settle();
  open[1]?.();
  await cloud.settle();
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(1_000_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'last' });
  expect((await shapeOf(cloud, executionArn)).slice(11, 18)).toEqual([
    '12<-10 TaskSucceeded',
    '13<-12 TaskStateExited',
    '14<-13 MapIterationSucceeded',
    '15<-14 EvaluationFailed',
    '16<-15 MapIterationAborted',
    '17<-15 TaskStateAborted',
    '18<-15 MapStateFailed',
  ]);
});

test.each([
  ['MaxConcurrency', '{% -1 %}', 'States.QueryEvaluationError'],
  ['MaxConcurrency', "{% 'two' %}", 'States.QueryEvaluationError'],
  ['ToleratedFailureCount', '{% $nothing %}', 'States.QueryEvaluationError'],
  ['ToleratedFailureCount', '{% 1.5 %}', 'States.QueryEvaluationError'],
  ['ToleratedFailurePercentage', '{% 101 %}', 'States.QueryEvaluationError'],
  ['ToleratedFailurePercentage', '{% 12.5 %}', undefined],
  ['ToleratedFailureCount', 3, undefined],
])('evaluates %s of a Map: %s', async (name, value, error) => {
  const cloud = startCloud();
  const M = { Type: 'Map', Items: [1], [name]: value, ItemProcessor: processor({ P: PASS }), End: true };

  expect(await runMachine(cloud, machine({ M }))).toMatchObject({
    status: error === undefined ? 'SUCCEEDED' : 'FAILED',
    error,
  });
});

const LARGE = 150_000;

test.each([
  ['Map', { Type: 'Map', Items: [1, 2], ItemProcessor: processor({ L: large() }), Output: 'small' }],
  ['Parallel', { Type: 'Parallel', Branches: [branch(large(), 'A'), branch(large(), 'B')], Output: 'small' }],
])('fails a %s whose results together are too large, and that is caught', async (_name, state) => {
  const cloud = startCloud();
  const definition = machine({ S: { ...state, Catch: CATCH, Next: 'Done' }, Done: PASS, Caught: CAUGHT });

  expect(await runMachine(cloud, definition)).toMatchObject({
    output: { caught: 'States.DataLimitExceeded' },
  });
});

function large(): object {
  return { Type: 'Pass', Output: `{% $pad('', ${LARGE}, 'x') %}`, End: true };
}

test.each([
  [
    'the Arguments of a Task',
    { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Payload: twice() } },
  ],
  ['the Arguments of a Parallel', { Type: 'Parallel', Arguments: twice(), Branches: [branch()] }],
  ['the input of an iteration', { Type: 'Map', Items: [1], ItemSelector: twice(), ItemProcessor: branch() }],
  ['one Assign', { Type: 'Pass', Assign: { a: once(), b: once() } }],
])('fails a state for %s of more than 256 KiB', async (_name, state) => {
  const cloud = startCloud();

  expect(await runMachine(cloud, machine({ S: { ...state, End: true } }))).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause:
      "The state/task 'S' returned a result with a size exceeding the maximum number of bytes service limit.",
  });
});

function once(): string {
  return `{% $pad('', ${LARGE}, 'x') %}`;
}

function twice(): object {
  return { a: once(), b: once() };
}

function branch(state: object = PASS, name = 'P'): object {
  return { StartAt: name, States: { [name]: state } };
}
