import { expect, test } from 'vitest';
import type { Retrier } from '../../../services/stepFunctions/definition/definition.ts';
import { delaySeconds } from '../../../services/stepFunctions/engine/transitions/failState.ts';
import {
  matchesError,
  TIMEOUT,
  HEARTBEAT_TIMEOUT,
  type Failure,
} from '../../../services/stepFunctions/engine/transitions/failure.ts';
import { startCloud, type Cloud } from './support/cloud.ts';
import { eventsOf, outcomeOf, runMachine, startMachine, typesOf } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';

const RETRIER: Retrier = {
  errorEquals: ['States.ALL'],
  intervalSeconds: 1,
  maxAttempts: 3,
  backoffRate: 2,
  maxDelaySeconds: null,
  hasJitter: false,
};

const CAUGHT = { Type: 'Pass', End: true };

function failing(cloud: Cloud, errorType: string): void {
  cloud.lambda.add('f', () => {
    throw new FunctionError({ errorType, errorMessage: 'no' });
  });
}

function task(fields: object): object {
  return { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, End: true, ...fields };
}

test.each([
  [{}, [1, 2, 4, 8]],
  [{ intervalSeconds: 3, backoffRate: 1 }, [3, 3, 3, 3]],
  [{ intervalSeconds: 3, maxDelaySeconds: 5 }, [3, 5, 5, 5]],
  [{ intervalSeconds: 2, backoffRate: 1.5 }, [2, 3, 4.5, 6.75]],
])('a retrier with %j pauses %j seconds', (fields, expected) => {
  const delays = [0, 1, 2, 3].map((attempt) => delaySeconds({ ...RETRIER, ...fields }, attempt));

  expect(delays).toEqual(expected);
});

test('full jitter chooses between nothing and the whole pause', () => {
  const retrier = { ...RETRIER, intervalSeconds: 10, hasJitter: true };

  expect([0, 0.25, 1].map((random) => delaySeconds(retrier, 0, () => random))).toEqual([0, 2.5, 10]);
});

const CUSTOM: Failure = { error: 'Custom', kind: 'error' };
const RUNTIME: Failure = { error: 'States.Runtime', kind: 'runtime' };
const LIMIT: Failure = { error: 'States.DataLimitExceeded', kind: 'error' };

test.each([
  ['States.ALL', CUSTOM, true],
  ['States.ALL', TIMEOUT, true],
  ['States.ALL', LIMIT, true],
  ['States.ALL', RUNTIME, false],
  ['States.Runtime', RUNTIME, false],
  ['States.TaskFailed', CUSTOM, true],
  ['States.TaskFailed', TIMEOUT, false],
  ['States.Timeout', TIMEOUT, true],
  ['States.Timeout', HEARTBEAT_TIMEOUT, true],
  ['States.HeartbeatTimeout', HEARTBEAT_TIMEOUT, true],
  ['States.HeartbeatTimeout', TIMEOUT, false],
  ['Custom', CUSTOM, true],
  ['custom', CUSTOM, false],
])('%s means %j: %s', (name, failure, expected) => {
  expect(matchesError(name, failure)).toBe(expected);
});

test('retries as often as it says and then fails, with RetryCount in the context', async () => {
  const cloud = startCloud();
  const counts: unknown[] = [];
  cloud.lambda.add('f', (payload) => {
    counts.push(JSON.parse(payload));
    throw new FunctionError({ errorType: 'E', errorMessage: 'no' });
  });
  const Arguments = { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' };
  const Retry = [{ ErrorEquals: ['E'], IntervalSeconds: 1000, MaxAttempts: 2 }];
  const executionArn = await startMachine(cloud, machine({ T: task({ Arguments, Retry }) }));

  await cloud.advance(900_000);
  expect(counts).toEqual([0]);
  await cloud.advance(100_000);
  await cloud.advance(2_000_000);

  expect(counts).toEqual([0, 1, 2]);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED', error: 'E' });
  expect((await typesOf(cloud, executionArn)).filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
});

test('counts for every retrier by itself', async () => {
  const cloud = startCloud();
  const errors = ['A', 'B', 'A', 'B'];
  cloud.lambda.add('f', () => {
    const errorType = errors.shift();
    if (errorType === undefined) return '"done"';
    throw new FunctionError({ errorType, errorMessage: 'no' });
  });
  const Retry = ['A', 'B'].map((name) => ({ ErrorEquals: [name], MaxAttempts: 2, IntervalSeconds: 1 }));
  const executionArn = await startMachine(
    cloud,
    machine({ T: task({ Retry, Output: '{% $states.result.Payload %}' }) }),
  );

  for (let attempt = 0; attempt < 4; attempt += 1) await cloud.advance(2_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

test('never retries with MaxAttempts 0', async () => {
  const cloud = startCloud();
  failing(cloud, 'E');
  const Retry = [{ ErrorEquals: ['E'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];

  expect(await runMachine(cloud, machine({ T: task({ Retry }) }))).toMatchObject({
    status: 'FAILED',
    error: 'E',
  });
});

test("retries with CDK's default retrier for Lambda", async () => {
  const cloud = startCloud();
  failing(cloud, 'Lambda.ServiceException');
  const ErrorEquals = [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
  ];
  const Retry = [{ ErrorEquals, IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2 }];
  const executionArn = await startMachine(cloud, machine({ T: task({ Retry }) }));

  for (const seconds of [2, 4, 8, 16, 32, 64]) await cloud.advance(seconds * 1000);

  expect(cloud.lambda.invocations).toHaveLength(7);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED' });
});

test('catches with the error as output, and its own Assign and Output', async () => {
  const cloud = startCloud();
  failing(cloud, 'E');
  const plain = machine({ T: task({ Catch: [{ ErrorEquals: ['E'], Next: 'Caught' }] }), Caught: CAUGHT });
  const Catch = [
    {
      ErrorEquals: ['E'],
      Assign: { why: '{% $states.errorOutput.Error %}' },
      Output: { was: '{% $states.input %}' },
      Next: 'Caught',
    },
  ];
  const full = machine({
    T: task({ Catch }),
    Caught: { ...CAUGHT, Output: '{% [$states.input.was, $why] %}' },
  });

  expect(await runMachine(cloud, plain)).toMatchObject({
    output: { Error: 'E', Cause: '{"errorType":"E","errorMessage":"no"}' },
  });
  expect(await runMachine(cloud, full, 'input')).toMatchObject({ output: ['input', 'E'] });
});

test('catches a timeout with an empty cause, and a missed heartbeat by its own name', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const Catch = [
    { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Heart' },
    { ErrorEquals: ['States.Timeout'], Next: 'Caught' },
  ];
  const Heart = { Type: 'Pass', Output: 'heart', End: true };
  const definition = (fields: object) =>
    machine({ T: waitingTask({ Catch, ...fields }), Caught: CAUGHT, Heart });
  const late = await startMachine(cloud, definition({ TimeoutSeconds: 5 }));
  const silent = await startMachine(cloud, definition({ TimeoutSeconds: 50, HeartbeatSeconds: 5 }));

  await cloud.advance(5_000);

  expect(await outcomeOf(cloud, late)).toMatchObject({ output: { Error: 'States.Timeout', Cause: '' } });
  expect(await outcomeOf(cloud, silent)).toMatchObject({ output: 'heart' });
});

test('catches a result that is too large, by States.ALL too', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', () => JSON.stringify('a'.repeat(263_168)));
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];

  expect(await runMachine(cloud, machine({ T: task({ Catch }), Caught: CAUGHT }))).toMatchObject({
    output: {
      Error: 'States.DataLimitExceeded',
      Cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    },
  });
});

test('catches a failed evaluation, but not one in the catcher itself', async () => {
  const cloud = startCloud();
  const Arguments = '{% $nothing %}';
  const caught = machine({
    T: task({ Arguments, Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }] }),
    Caught: { ...CAUGHT, Output: '{% $states.input.Error %}' },
  });
  const Catch = [{ ErrorEquals: ['States.ALL'], Output: { a: '{% $nothing %}' }, Next: 'Caught' }];
  const failed = await startMachine(cloud, machine({ T: task({ Arguments, Catch }), Caught: CAUGHT }));

  expect(await runMachine(cloud, caught)).toMatchObject({ output: 'States.QueryEvaluationError' });
  expect(await outcomeOf(cloud, failed)).toMatchObject({ status: 'FAILED' });
  const evaluations = (await eventsOf(cloud, failed)).filter(({ type }) => type === 'EvaluationFailed');
  expect(evaluations.map((event) => event['evaluationFailedEventDetails'])).toMatchObject([
    { location: 'Arguments' },
    { location: 'Catch[0]/Output/a' },
  ]);
});

test('does not catch States.Runtime, not even by its name', async () => {
  const cloud = startCloud();
  const Catch = [
    { ErrorEquals: ['States.Runtime'], Next: 'Caught' },
    { ErrorEquals: ['States.ALL'], Next: 'Caught' },
  ];

  expect(
    await runMachine(cloud, machine({ T: task({ Arguments: '{% {} %}', Catch }), Caught: CAUGHT })),
  ).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
  });
});

test('says what it cannot know of a function that gave no error type', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', () => {
    throw new FunctionError({ errorMessage: 'Task timed out after 3.00 seconds' });
  });

  expect(await runMachine(cloud, machine({ T: task({}) }))).toMatchObject({
    error: 'Lambda.Unknown',
    cause:
      'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"Task timed out after 3.00 seconds"}',
  });
});
