import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createTaskTokens } from '../../../services/stepFunctions/engine/records/taskTokens.ts';
import { startCloud } from './support/cloud.ts';
import { eventsOf, outcomeOf, shapeOf, startMachine, typesOf, refusalOf } from './support/executions.ts';
import { INVOKE_AND_WAIT, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';

const GONE = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };
/** Made with a secret of 32 bytes of 7; no cloud has that secret. */
const OF_AN_EARLIER_VERSION = [
  'AAAAKgAAAAIAAAAAAAAAAAYBrDyI4Mu8ZR8oZ8HibVTcjDYT6Zx6nEdR6eb1gWknY/2KTNPbGd9X5U3JSdlmSpm255QxzCqz90FG',
  'DvdNevB5IXw87bsVMTd0WeUoRyz7ltAMJ1QRUXO1OTrWc5ENOxe7j4yPSLoH6RMp0Zga7yXHVK5moH65PbqAdYwpfrQUwYumsHdH',
  'zu8cxhc6BPPw/toss2SzBRw1UPhZu2rkkovGJVUyv1CU4T5Y+0FSIu5ylCrrUy63Ga26b2Od1JJfZE0mPeikfRKBe6LFUJc6tdcE',
  'mflDdlIniyw/fm0ObXdkl5B/+OBnDrKLwKQhM9kpdoKnbrKhGYb2w2dOxyST3LNYYbaaXpZa6dWQeYXxZSDfVqOdxuD5fySA70cC',
  'qsCvERr6gu+FyerPdcoPhDaTb0biFHxwCo4dxmFbzdT/CIptyrXd3YsC0/AgkiMAYFFgIHcf91h/pkGYidwQ6N3Sq35u0TbeT+TF',
  'ry+UcY1DxHAvh4/xSYQ7vPMJc1LOEODBXVsS632sm0bMWbRTxXfTj6Ax6Slp5xE03pJp3k/Qomv20AYqOVJnnNLpXAWDe2d5aVf2',
  'KTndlwucN4f2LHfDlmB/4nyypIlwjX07BtenRExX/+43f4MOAKGkvmTWhYVFJjw=',
].join('');
const UNKNOWN = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };

test('gives a token with the shape and length of one of AWS', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);

  await startMachine(cloud, machine({ Wait: waitingTask() }));

  expect(tokens).toHaveLength(1);
  expect(tokens[0]).toMatch(/^AAAAKgAAAAIAAAAAAAAAAA[A-Za-z0-9+/]{641}=$/);
});

test('gives a token that takes less than a fifth of its length where it is packed', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);

  await startMachine(cloud, machine({ Wait: waitingTask() }));

  expect(deflateRawSync(tokens[0] ?? '').byteLength).toBeLessThan(130);
});

test('knows a token of an earlier version, whose proof was longer', () => {
  const tokens = createTaskTokens(Buffer.alloc(32, 7));

  expect(tokens.ownerOf(OF_AN_EARLIER_VERSION)).toEqual({ executionId: 41, generation: 3 });
});

test('writes the history of a callback as AWS does', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask({ TimeoutSeconds: 60 }) }), {
    id: 1,
  });

  await cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '{"ok": true}' });

  expect(await shapeOf(cloud, executionArn)).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 TaskStateEntered',
    '3<-2 TaskScheduled',
    '4<-3 TaskStarted',
    '5<-4 TaskSubmitted',
    '6<-5 TaskSucceeded',
    '7<-6 TaskStateExited',
    '8<-7 ExecutionSucceeded',
  ]);
  const events = await eventsOf(cloud, executionArn);
  expect(events[2]?.['taskScheduledEventDetails']).toEqual({
    parameters: JSON.stringify({ FunctionName: 'keep', Payload: { token: tokens[0] } }),
    region: 'us-east-1',
    resource: 'invoke.waitForTaskToken',
    resourceType: 'lambda',
    timeoutInSeconds: 60,
  });
  expect(events[5]?.['taskSucceededEventDetails']).toEqual({
    output: '{"ok": true}',
    outputDetails: { truncated: false },
    resource: 'invoke.waitForTaskToken',
    resourceType: 'lambda',
  });
});

test('answers a second callback, a heartbeat and a failure after it as AWS answers what is over', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  await startMachine(cloud, machine({ Wait: waitingTask() }));
  const taskToken = tokens[0];

  await cloud.sfn.sendTaskSuccess({ taskToken, output: '1' });

  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken, output: '1' }))).toEqual(GONE);
  expect(await refusalOf(cloud.sfn.sendTaskFailure({ taskToken }))).toEqual(GONE);
  expect(await refusalOf(cloud.sfn.sendTaskHeartbeat({ taskToken }))).toEqual(GONE);
});

test('lets one of two callbacks at once win', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));
  const taskToken = tokens[0];

  const answers = await Promise.allSettled([
    cloud.sfn.sendTaskSuccess({ taskToken, output: '"yes"' }),
    cloud.sfn.sendTaskFailure({ taskToken, error: 'No' }),
  ]);

  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const hasSucceeded = answers[0].status === 'fulfilled';
  expect(await outcomeOf(cloud, executionArn)).toMatchObject(
    hasSucceeded ? { status: 'SUCCEEDED', output: 'yes' } : { status: 'FAILED', error: 'No' },
  );
});

test('refuses a token that it never made', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  await startMachine(cloud, machine({ Wait: waitingTask() }));
  const token = tokens[0] ?? '';
  const forged = `${token.slice(0, 300)}${token[300] === 'A' ? 'B' : 'A'}${token.slice(301)}`;

  const spaced = token.replaceAll('+', ' ');
  for (const taskToken of ['garbage', forged, token.slice(1), `${token}A`, spaced].filter(
    (each) => each !== token,
  ))
    expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken, output: '1' }))).toEqual(UNKNOWN);
});

test('does not know the tokens of another data folder', async () => {
  const [one, other] = [startCloud(), startCloud()];
  const tokens = keepTokens(one);
  await startMachine(one, machine({ Wait: waitingTask() }));

  expect(await refusalOf(other.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toEqual(UNKNOWN);
});

test('says nothing of a token or an output in the error of a callback', async () => {
  const cloud = startCloud();
  const secret = 'x'.repeat(3000);

  const refusal = await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: secret, output: '1' }));

  expect(refusal).toEqual({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value at 'taskToken' failed to satisfy constraint: Member must have length less than or equal to 2048",
  });
});

test('refuses an output that is not JSON and keeps the task waiting', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));

  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: 'yes' }))).toMatchObject({
    name: 'InvalidOutput',
  });
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
});

test('accepts a callback while the Lambda still runs, and does not hear the Lambda any more', async () => {
  const cloud = startCloud();
  const answered = Promise.withResolvers<string>();
  const tokens: string[] = [];
  cloud.lambda.add('keep', (payload) => {
    tokens.push(JSON.parse(payload).token);
    return answered.promise;
  });
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));

  await cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '"early"' });
  answered.reject(new FunctionError({ errorType: 'Late', errorMessage: 'too late' }));
  await cloud.settle();

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  expect(await typesOf(cloud, executionArn)).not.toContain('TaskFailed');
});

test('makes a new token for every attempt, and the old one is over', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const Retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 1 }];
  const executionArn = await startMachine(
    cloud,
    machine({ Wait: waitingTask({ TimeoutSeconds: 60, Retry }) }),
  );

  await cloud.advance(60_000);
  await cloud.advance(1_000);

  expect(tokens).toHaveLength(2);
  expect(tokens[0]).not.toBe(tokens[1]);
  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toEqual(GONE);
  await cloud.sfn.sendTaskSuccess({ taskToken: tokens[1], output: '2' });
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 2 });
});

test('kills the token of a Lambda that failed', async () => {
  const cloud = startCloud();
  const tokens: string[] = [];
  cloud.lambda.add('keep', (payload) => {
    tokens.push(JSON.parse(payload).token);
    throw new FunctionError({ errorType: 'Broken', errorMessage: 'no' });
  });

  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask() }));

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED', error: 'Broken' });
  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toEqual(GONE);
});

test('kills the token of an execution that was stopped or timed out', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const stopped = await startMachine(cloud, machine({ Wait: waitingTask() }));
  await startMachine(cloud, machine({ Wait: waitingTask() }, { TimeoutSeconds: 5 }));

  await cloud.sfn.stopExecution({ executionArn: stopped });
  await cloud.advance(5_000);

  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' }))).toEqual(GONE);
  expect(await refusalOf(cloud.sfn.sendTaskSuccess({ taskToken: tokens[1], output: '1' }))).toEqual(GONE);
});

test('waits for a token that nobody got, until the timeout', async () => {
  const cloud = startCloud();
  cloud.lambda.add('deaf', () => '{}');
  const Arguments = { FunctionName: 'deaf', Payload: {} };
  const Wait = { Type: 'Task', Resource: INVOKE_AND_WAIT, Arguments, TimeoutSeconds: 5, End: true };
  const executionArn = await startMachine(cloud, machine({ Wait }));

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(5_000);

  expect((await eventsOf(cloud, executionArn)).slice(-2)).toMatchObject([
    {
      id: 6,
      previousEventId: 5,
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: {
        error: 'States.Timeout',
        resource: 'invoke.waitForTaskToken',
        resourceType: 'lambda',
      },
    },
    { type: 'ExecutionFailed', executionFailedEventDetails: { error: 'States.Timeout' } },
  ]);
});

test('keeps a task alive by heartbeats that leave no trace, but not beyond its timeout', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const Wait = waitingTask({ HeartbeatSeconds: 1000, TimeoutSeconds: 2500 });
  const executionArn = await startMachine(cloud, machine({ Wait }));

  for (const seconds of [800, 800, 800]) {
    await cloud.advance(seconds * 1000);
    await cloud.sfn.sendTaskHeartbeat({ taskToken: tokens[0] });
  }
  expect(await typesOf(cloud, executionArn)).toHaveLength(5);
  await cloud.advance(100_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('calls a missed heartbeat a timeout in the history', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask({ HeartbeatSeconds: 10 }) }));

  await cloud.advance(10_000);

  expect(await outcomeOf(cloud, executionArn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  expect(await typesOf(cloud, executionArn)).toContain('TaskTimedOut');
});

test('fails a task by a callback without error and cause as AWS does', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const Wait = waitingTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] });
  const executionArn = await startMachine(cloud, machine({ Wait, Caught: { Type: 'Pass', End: true } }));

  await cloud.sfn.sendTaskFailure({ taskToken: tokens[0] });

  const failed = (await eventsOf(cloud, executionArn)).find(({ type }) => type === 'TaskFailed');
  expect(failed?.['taskFailedEventDetails']).toEqual({
    resource: 'invoke.waitForTaskToken',
    resourceType: 'lambda',
  });
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: { Error: null, Cause: null } });
});
