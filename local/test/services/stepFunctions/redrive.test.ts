import { DescribeExecutionCommand, RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import {
  eventsOf,
  outcomeOf,
  refusalOf,
  shapeOf,
  startMachine,
  startSdkCloud,
  type SdkCloud,
} from './support/sdk.ts';
import { FunctionError } from './support/stubLambda.ts';

const DAY = 86_400_000;

/** A function that fails for the payloads (JSON texts) that it is told to. */
function addPicky({ cloud }: SdkCloud): { readonly broken: Set<string>; readonly calls: string[] } {
  const broken = new Set<string>();
  const calls: string[] = [];
  cloud.lambda.add('picky', async (payload) => {
    calls.push(payload);
    if (!broken.has(payload)) return payload;
    await cloud.lambda.sleep(5); // so that what succeeds at the same time does so before
    throw new FunctionError({ errorType: 'Broken', errorMessage: payload });
  });
  return { broken, calls };
}

function picky(Payload: unknown): object {
  return {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'picky', Payload },
    Output: '{% $states.result.Payload %}',
    End: true,
  };
}

async function redrive({ cloud, sfn }: SdkCloud, executionArn: string): Promise<void> {
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  await cloud.settle();
}

test('repeats of a Map only the iterations that failed or were cut off', async () => {
  const target = await startSdkCloud();
  const { broken, calls } = addPicky(target);
  broken.add('2');
  const ItemProcessor = { StartAt: 'T', States: { T: picky('{% $states.input %}') } };
  const M = { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor, End: true };
  const executionArn = await startMachine(target, machine({ M }));
  await target.cloud.advance(5);
  broken.clear();

  await redrive(target, executionArn);

  expect(await outcomeOf(target, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3] });
  expect(calls).toEqual(['1', '2', '2', '3']);
});

test('repeats of a Parallel only the branches that failed or were cut off', async () => {
  const target = await startSdkCloud();
  const { broken, calls } = addPicky(target);
  const tokens = keepTokens(target.cloud);
  broken.add('20');
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
  const Branches = [branch('A', picky(10)), branch('W', waitingTask()), branch('B', picky(20))];
  const executionArn = await startMachine(target, machine({ P: { Type: 'Parallel', Branches, End: true } }));
  await target.cloud.advance(5);
  broken.clear();

  await redrive(target, executionArn);

  expect(await outcomeOf(target, executionArn)).toMatchObject({ status: 'RUNNING' });
  expect(calls).toEqual(['10', '20', '20']);
  expect(tokens).toHaveLength(2);
  expect(tokens[0]).not.toBe(tokens[1]);
});

test('counts the redrives, shows them to the context, and begins the retries anew', async () => {
  const target = await startSdkCloud();
  const { broken, calls } = addPicky(target);
  const Payload = '{% [$states.context.Execution.RedriveCount, $states.context.State.RetryCount] %}';
  const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 1 }];
  broken.add('[0,0]').add('[0,1]').add('[1,0]');
  const executionArn = await startMachine(target, machine({ T: { ...picky(Payload), Retry } }));
  for (const pause of [5, 1_000, 5]) await target.cloud.advance(pause);
  expect(await outcomeOf(target, executionArn)).toMatchObject({ status: 'FAILED' });

  await redrive(target, executionArn);
  for (const pause of [5, 1_000]) await target.cloud.advance(pause);

  expect(calls).toEqual(['[0,0]', '[0,1]', '[1,0]', '[1,1]']);
  const described = await target.sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect(described).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, redriveDate: expect.any(Date) });
  const redriven = (await eventsOf(target, executionArn)).find(({ type }) => type === 'ExecutionRedriven');
  expect(redriven?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
});

test('waits anew after a stop, and gives the machine its whole time again after a timeout', async () => {
  const target = await startSdkCloud();
  const definition = machine({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 150 });
  const stopped = await startMachine(target, definition);
  await target.cloud.advance(50_000);
  await target.sfn.send(new StopExecutionCommand({ executionArn: stopped }));
  await redrive(target, stopped);

  await target.cloud.advance(99_000);
  expect(await outcomeOf(target, stopped)).toMatchObject({ status: 'RUNNING' });
  await target.cloud.advance(1_000);

  expect(await outcomeOf(target, stopped)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await shapeOf(target, stopped)).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 WaitStateEntered',
    '3<-0 ExecutionAborted',
    '4<-3 ExecutionRedriven',
    '5<-4 WaitStateExited',
    '6<-5 ExecutionSucceeded',
  ]);
});

test('cannot redrive what runs, what succeeded, and what ended too long ago', async () => {
  const target = await startSdkCloud();
  keepTokens(target.cloud);
  const running = await startMachine(target, machine({ W: waitingTask() }));
  const succeeded = await startMachine(target, machine({ P: { Type: 'Succeed' } }));
  const failed = await startMachine(target, machine({ F: { Type: 'Fail' } }));
  const refused = async (executionArn: string) =>
    (await refusalOf(target.sfn.send(new RedriveExecutionCommand({ executionArn })))).message;

  expect(await refused(running)).toBe('Execution is RUNNING and cannot be redriven');
  expect(await refused(succeeded)).toBe('Execution is SUCCEEDED and cannot be redriven');
  await target.cloud.advance(15 * DAY);
  expect(await refused(failed)).toBe('Execution redrivable period exceeded');
});
