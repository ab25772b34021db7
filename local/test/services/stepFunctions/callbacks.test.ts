import { InvalidOutput, InvalidToken, TaskTimedOut } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { eventsOf, outcomeOf, refusalOf, startMachine } from './support/executions.ts';
import { keepTokens, machine, waitingTask } from './support/machines.ts';
import { startCloud, connect } from './support/cloud.ts';

const MAX_BYTES = 262_144;

async function pausedTask(fields: object = {}) {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  const executionArn = await startMachine(cloud, machine({ Wait: waitingTask(fields) }));
  return { cloud, executionArn, taskToken: tokens[0] ?? '', tokens };
}

test('a token looks as on AWS, and is in the context of its own attempt only', async () => {
  const { cloud, executionArn, taskToken } = await pausedTask();

  expect(taskToken).toMatch(/^AAAAKgAAAAIAAAAAAAAAAA[A-Za-z0-9+/]{640}[A-Za-z0-9+/=]{2}$/);
  const scheduled = (await eventsOf(cloud, executionArn))[2]?.taskScheduledEventDetails;
  expect(JSON.parse(scheduled?.parameters ?? '')).toEqual({
    FunctionName: 'keep',
    Payload: { token: taskToken },
  });
});

test.each([
  ['in bytes of one each', `"${'a'.repeat(MAX_BYTES - 2)}"`, `"${'a'.repeat(MAX_BYTES - 1)}"`],
  ['in bytes of two each', `"${'é'.repeat(MAX_BYTES / 2 - 1)}"`, `"${'é'.repeat(MAX_BYTES / 2)}"`],
])('takes an output of exactly 262,144 bytes and refuses more, %s', async (_name, largest, larger) => {
  const { cloud, executionArn, taskToken } = await pausedTask();
  const { sfn } = cloud;

  const refused = await refusalOf(sfn.sendTaskSuccess({ taskToken, output: larger }));
  expect(refused).toEqual({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to 262144",
  });
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  await sfn.sendTaskSuccess({ taskToken, output: largest });

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: JSON.parse(largest),
  });
});

test.each(['0', 'null', '"text"', '[1, 2]', ' {"a": 1.50} '])(
  'hands on the output %s as it is',
  async (output) => {
    const { cloud, executionArn, taskToken } = await pausedTask();

    await cloud.sfn.sendTaskSuccess({ taskToken, output });

    expect((await outcomeOf(cloud, executionArn)).output).toEqual(JSON.parse(output));
  },
);

test('throws the typed errors of the SDK', async () => {
  const { cloud, taskToken } = await pausedTask();
  const success = (token: string, output: string) => cloud.sfn.sendTaskSuccess({ taskToken: token, output });

  await expect(success('garbled', '1')).rejects.toBeInstanceOf(InvalidToken);
  await expect(success(taskToken, '{half')).rejects.toBeInstanceOf(InvalidOutput);
  await success(taskToken, '1');
  await expect(success(taskToken, '1')).rejects.toBeInstanceOf(TaskTimedOut);
});

test('lets one of many clients win that answer at once', async () => {
  const { cloud, executionArn, taskToken } = await pausedTask();
  const clients = Array.from({ length: 4 }, () => connect(cloud));
  onTestFinished(() => clients.forEach((client) => client.destroy()));

  const answers = await Promise.allSettled(
    clients.map((client, index) => client.sendTaskSuccess({ taskToken, output: String(index) })),
  );

  const winners = answers.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
  expect(winners).toHaveLength(1);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: winners[0] });
  const ids = (await eventsOf(cloud, executionArn)).map(({ id }) => id);
  expect(ids).toEqual(ids.map((_id, index) => index + 1));
});

test('fails a task with the error and cause that were sent, up to their limits', async () => {
  const { cloud, executionArn, taskToken } = await pausedTask();
  const { sfn } = cloud;
  const error = 'e'.repeat(256);
  const cause = 'c'.repeat(32_768);

  const refused = await refusalOf(sfn.sendTaskFailure({ taskToken, error: `${error}e`, cause }));
  expect(refused.message).toBe(
    "1 validation error detected: Value at 'error' failed to satisfy constraint: Member must have length less than or equal to 256",
  );
  await sfn.sendTaskFailure({ taskToken, error, cause });

  expect(await outcomeOf(cloud, executionArn)).toEqual({ status: 'FAILED', error, cause });
});

test('a failure by callback is retried with a new token, and only the new one counts', async () => {
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
  const { cloud, executionArn, tokens } = await pausedTask({ Retry });
  const { sfn } = cloud;

  await sfn.sendTaskFailure({ taskToken: tokens[0], error: 'Busy' });
  const between = await refusalOf(sfn.sendTaskHeartbeat({ taskToken: tokens[0] }));
  await cloud.advance(1_000);
  await sfn.sendTaskHeartbeat({ taskToken: tokens[1] });
  await sfn.sendTaskSuccess({ taskToken: tokens[1], output: '"second"' });

  expect(between.name).toBe('TaskTimedOut');
  expect(tokens).toHaveLength(2);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: 'second' });
});
