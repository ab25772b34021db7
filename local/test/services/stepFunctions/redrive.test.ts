import { expect, test } from 'vitest';
import { eventsOf, outcomeOf, refusalOf, shapeOf, startMachine } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';
import { startCloud, type Cloud } from './support/cloud.ts';

const DAY = 86_400_000;

/** A function that fails for the payloads (JSON texts) that it is told to. */
function addPicky(cloud: Cloud): { readonly broken: Set<string>; readonly calls: string[] } {
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

async function redrive(cloud: Cloud, executionArn: string): Promise<void> {
  await cloud.sfn.redriveExecution({ executionArn });
  await cloud.settle();
}

test('repeats of a Map only the iterations that failed or were cut off', async () => {
  const cloud = startCloud();
  const { broken, calls } = addPicky(cloud);
  broken.add('2');
  const ItemProcessor = { StartAt: 'T', States: { T: picky('{% $states.input %}') } };
  const M = { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor, End: true };
  const executionArn = await startMachine(cloud, machine({ M }));
  await cloud.advance(5);
  broken.clear();

  await redrive(cloud, executionArn);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3] });
  expect(calls).toEqual(['1', '2', '2', '3']);
});

test('repeats of a Parallel only the branches that failed or were cut off', async () => {
  const cloud = startCloud();
  const { broken, calls } = addPicky(cloud);
  const tokens = keepTokens(cloud);
  broken.add('20');
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
  const Branches = [branch('A', picky(10)), branch('W', waitingTask()), branch('B', picky(20))];
  const executionArn = await startMachine(cloud, machine({ P: { Type: 'Parallel', Branches, End: true } }));
  await cloud.advance(5);
  broken.clear();

  await redrive(cloud, executionArn);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  expect(calls).toEqual(['10', '20', '20']);
  expect(tokens).toHaveLength(2);
  expect(tokens[0]).not.toBe(tokens[1]);
});

test('counts the redrives, shows them to the context, and begins the retries anew', async () => {
  const cloud = startCloud();
  const { broken, calls } = addPicky(cloud);
  const Payload = '{% [$states.context.Execution.RedriveCount, $states.context.State.RetryCount] %}';
  const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 1 }];
  broken.add('[0,0]').add('[0,1]').add('[1,0]');
  const executionArn = await startMachine(cloud, machine({ T: { ...picky(Payload), Retry } }));
  for (const pause of [5, 1_000, 5]) await cloud.advance(pause);
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'FAILED' });

  await redrive(cloud, executionArn);
  for (const pause of [5, 1_000]) await cloud.advance(pause);

  expect(calls).toEqual(['[0,0]', '[0,1]', '[1,0]', '[1,1]']);
  const described = await cloud.sfn.describeExecution({ executionArn });
  expect(described).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, redriveDate: expect.any(Date) });
  const redriven = (await eventsOf(cloud, executionArn)).find(({ type }) => type === 'ExecutionRedriven');
  expect(redriven?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
});

test('waits anew after a stop, and gives the machine its whole time again after a timeout', async () => {
  const cloud = startCloud();
  const definition = machine({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 150 });
  const stopped = await startMachine(cloud, definition);
  await cloud.advance(50_000);
  await cloud.sfn.stopExecution({ executionArn: stopped });
  await redrive(cloud, stopped);

  await cloud.advance(99_000);
  expect(await outcomeOf(cloud, stopped)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(1_000);

  expect(await outcomeOf(cloud, stopped)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await shapeOf(cloud, stopped)).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 WaitStateEntered',
    '3<-0 ExecutionAborted',
    '4<-3 ExecutionRedriven',
    '5<-4 WaitStateExited',
    '6<-5 ExecutionSucceeded',
  ]);
});

test('cannot redrive what runs, what succeeded, and what ended too long ago', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const running = await startMachine(cloud, machine({ W: waitingTask() }));
  const succeeded = await startMachine(cloud, machine({ P: { Type: 'Succeed' } }));
  const failed = await startMachine(cloud, machine({ F: { Type: 'Fail' } }));
  const refused = async (executionArn: string) =>
    (await refusalOf(cloud.sfn.redriveExecution({ executionArn }))).message;

  expect(await refused(running)).toBe('Execution is RUNNING and cannot be redriven');
  expect(await refused(succeeded)).toBe('Execution is SUCCEEDED and cannot be redriven');
  await cloud.advance(15 * DAY);
  expect(await refused(failed)).toBe('Execution redrivable period exceeded');
});
