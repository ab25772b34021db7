import { paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { ROLE, startCloud } from './support/cloud.ts';
import { eventsOf, refusalOf, runMachine, startMachine, typesOf } from './support/executions.ts';
import { machine } from './support/machines.ts';

const TOO_MUCH = 'returned a result with a size exceeding the maximum number of bytes service limit.';

test('ends an execution with its 25,000th event', async () => {
  const cloud = startCloud();
  const Loop = { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'End' };

  const executionArn = await startMachine(cloud, machine({ Loop, End: { Type: 'Succeed' } }));

  expect(await cloud.sfn.describeExecution({ executionArn })).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
    redriveStatus: 'NOT_REDRIVABLE',
  });
  const { events } = await cloud.sfn.getExecutionHistory({
    executionArn,
    reverseOrder: true,
    maxResults: 2,
  });
  expect(events).toMatchObject([
    { id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' },
    { id: 24_999, previousEventId: 24_998 },
  ]);
});

test('gives a long history page by page, without a gap, in both directions', async () => {
  const cloud = startCloud();
  const Items = Array.from({ length: 200 }, (_, index) => index);
  const ItemProcessor = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
  const executionArn = await startMachine(
    cloud,
    machine({ M: { Type: 'Map', Items, ItemProcessor, End: true } }),
  );

  for (const reverseOrder of [false, true]) {
    const pages = paginateGetExecutionHistory(
      { client: cloud.sfn, pageSize: 150 },
      { executionArn, reverseOrder },
    );
    const ids: (number | undefined)[] = [];
    for await (const { events = [] } of pages) ids.push(...events.map(({ id }) => id));
    const expected = ids.map((_, index) => index + 1);
    expect(ids.length).toBeGreaterThan(800);
    expect(ids).toEqual(reverseOrder ? expected.toReversed() : expected);
  }
});

test('refuses an input of more than 262,144 bytes of UTF-8, and takes one of exactly as many', async () => {
  const cloud = startCloud();
  const definition = machine({ P: { Type: 'Pass', Output: 1, End: true } });
  const characters = (count: number) => 'é'.repeat(count);

  expect(await runMachine(cloud, definition, characters(131_071))).toMatchObject({ status: 'SUCCEEDED' });
  const refused = await refusalOf(startMachine(cloud, definition, characters(131_072)));

  expect(refused).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining("at 'input' failed to satisfy constraint"),
  });
});

test('fails a state whose output is too large', async () => {
  const cloud = startCloud();
  const definition = machine({ P: { Type: 'Pass', Output: "{% $pad('', 262143, 'x') %}", End: true } });

  expect(await runMachine(cloud, definition)).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: `The state/task 'P' ${TOO_MUCH}`,
  });
});

test('fails a direct Lambda whose result is too large by its ARN', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', () => JSON.stringify('a'.repeat(263_168)));
  const Resource = 'arn:aws:lambda:us-east-1:111111111111:function:f';

  const executionArn = await startMachine(cloud, machine({ T: { Type: 'Task', Resource, End: true } }));

  expect((await eventsOf(cloud, executionArn))[4]).toMatchObject({
    type: 'LambdaFunctionFailed',
    lambdaFunctionFailedEventDetails: {
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${Resource}' ${TOO_MUCH}`,
    },
  });
});

test.each([
  ['($f := function($x) { $f($x + 1) }; $f(1))', 'Expression evaluation timeout: Check for infinite loop'],
  [
    '($f := function($x) { 1 + $f($x + 1) }; $f(1))',
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
  ],
  [
    '[1..900000] ~> $count()',
    'Expression evaluation memory limit exceeded: Check for excessive memory usage',
  ],
  [
    '$range(1, 100000000, 1)',
    'Expression evaluation memory limit exceeded: Check for excessive memory usage',
  ],
])('stops %s', async (expression, message) => {
  const cloud = startCloud();

  const { error, cause } = await runMachine(
    cloud,
    machine({ P: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }),
  );

  expect(error).toBe('States.QueryEvaluationError');
  expect(String(cause)).toContain(`threw an error during evaluation: ${message}`);
});

test('survives a deep regular structure of states without a stack overflow', async () => {
  const cloud = startCloud();
  const COUNT = 3_000;
  const states = Object.fromEntries(
    Array.from({ length: COUNT }, (_, index) => [
      `S${index}`,
      { Type: 'Pass', ...(index === COUNT - 1 ? { End: true } : { Next: `S${index + 1}` }) },
    ]),
  );

  const executionArn = await startMachine(cloud, machine(states));

  expect(await cloud.sfn.describeExecution({ executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  expect(await typesOf(cloud, executionArn)).toHaveLength(1000);
});

test.each([
  ['a list in a list, 100,000 times', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a text with every escape', JSON.stringify(' \\"'.repeat(40_000))],
  ['an object with a dangerous name', '{"__proto__": {"a": 1}, "constructor": 2}'],
])('takes %s without harm', async (_name, input) => {
  const cloud = startCloud();
  cloud.lambda.add('f', (payload) => payload);
  const Arguments = { FunctionName: 'f', Payload: '{% $states.input %}' };
  const T = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments,
    Output: '{% $states.result.Payload %}',
    End: true,
  };
  const { stateMachineArn } = await cloud.sfn.createStateMachine({
    name: 'm',
    definition: machine({ T }),
    roleArn: ROLE,
  });

  const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn, input });
  await cloud.settle();

  const { status } = await cloud.sfn.describeExecution({ executionArn: String(executionArn) });
  expect(['SUCCEEDED', 'FAILED']).toContain(status);
  expect(Object.getPrototypeOf({})).not.toHaveProperty('a');
});
