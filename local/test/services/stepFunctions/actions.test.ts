import { expect, test } from 'vitest';
import { handle, machineArn, ROLE, startCloud, type Cloud } from './support/cloud.ts';
import { eventsOf, outcomeOf, startMachine, typesOf, refusalOf } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';

const DAY = 86_400_000;
const WAITS = machine({ Wait: waitingTask() });
const PASSES = machine({ P: { Type: 'Pass', End: true } });

async function create(cloud: Cloud, name: string, definition = PASSES) {
  return cloud.sfn.createStateMachine({ name, definition, roleArn: ROLE });
}

test('starting the same execution again while it runs answers the first one', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  await create(cloud, 'm', WAITS);
  const request = { stateMachineArn: machineArn('m'), name: 'order-1', input: '{"a":1}' };
  const { executionArn, startDate } = await cloud.sfn.startExecution(request);

  await cloud.advance(DAY);

  expect(await cloud.sfn.startExecution(request)).toMatchObject({ executionArn, startDate });
  expect(await refusalOf(cloud.sfn.startExecution({ ...request, input: '{"a":2}' }))).toEqual({
    name: 'ExecutionAlreadyExists',
    message: `Execution Already Exists: '${executionArn}'`,
  });
});

test('an execution that ended keeps its name for 90 days', async () => {
  const cloud = startCloud();
  await create(cloud, 'm');
  const request = { stateMachineArn: machineArn('m'), name: 'order-1' };
  const first = await cloud.sfn.startExecution(request);

  expect(await refusalOf(cloud.sfn.startExecution(request))).toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
  await cloud.advance(91 * DAY);

  const again = await cloud.sfn.startExecution(request);
  expect(again.executionArn).toBe(first.executionArn);
  expect(again.startDate).not.toEqual(first.startDate);
  expect(await eventsOf(cloud, String(again.executionArn))).toHaveLength(4);
});

test.each([...'<>{}[]?*"#%\\^|~`$&,;:/ \n\t\u0007\u0085\uFFFE', '\u{1F600}'])(
  'refuses %j in a name',
  async (character) => {
    const cloud = startCloud();
    await create(cloud, 'm');
    const name = `a${character}b`;

    expect(await refusalOf(cloud.sfn.startExecution({ stateMachineArn: machineArn('m'), name }))).toEqual({
      name: 'InvalidName',
      message: `Invalid Name: '${name}'`,
    });
  },
);

test('takes other characters, and names of 1 to 80 characters', async () => {
  const cloud = startCloud();
  await create(cloud, 'm');
  const stateMachineArn = machineArn('m');

  for (const name of ["a.b-c_d!'()+=@é漢", 'x'.repeat(80)]) {
    expect(await cloud.sfn.startExecution({ stateMachineArn, name })).toHaveProperty('executionArn');
  }
  expect(await refusalOf(cloud.sfn.startExecution({ stateMachineArn, name: 'x'.repeat(81) }))).toMatchObject({
    name: 'ValidationException',
    message: `1 validation error detected: Value '${'x'.repeat(81)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
  });
});

test('says what is missing or of a wrong kind in a request', async () => {
  const cloud = startCloud();

  expect(await cloud.callRaw('CreateStateMachine', { name: '' })).toEqual({
    __type: 'ValidationException',
    message:
      "3 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value null at 'definition' failed to satisfy constraint: Member must not be null; Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
  });
  expect(await cloud.callRaw('StartExecution', { stateMachineArn: 7 })).toMatchObject({
    __type: 'SerializationException',
  });
  expect(await refusalOf(cloud.sfn.describeExecution({ executionArn: 'nonsense' }))).toEqual({
    name: 'InvalidArn',
    message: "Invalid Arn: 'Invalid ARN prefix: nonsense'",
  });
});

test('answers an unknown operation, a body that is not JSON and an unknown execution as AWS does', async () => {
  const cloud = startCloud();
  const executionArn = 'arn:aws:states:us-east-1:111111111111:execution:m:x';

  expect(await cloud.callRaw('ListActivities')).toMatchObject({ __type: 'UnknownOperationException' });
  expect(await cloud.callRaw('toString')).toMatchObject({ __type: 'UnknownOperationException' });
  for (const body of ['{', '[]', 'null', '"x"']) {
    const answer = await handle(cloud.stepFunctions, 'ListStateMachines', Buffer.from(body));
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('SerializationException') });
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(await refusalOf(cloud.sfn.describeExecution({ executionArn }))).toEqual({
    name: 'ExecutionDoesNotExist',
    message: `Execution Does Not Exist: '${executionArn}'`,
  });
  expect(await refusalOf(cloud.sfn.startExecution({ stateMachineArn: machineArn('x') }))).toEqual({
    name: 'StateMachineDoesNotExist',
    message: `State Machine Does Not Exist: '${machineArn('x')}'`,
  });
});

test('stops an execution once, and answers a stop of an ended one with its end', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  const executionArn = await startMachine(cloud, WAITS);

  const { stopDate } = await cloud.sfn.stopExecution({ executionArn, error: 'Manual', cause: 'enough' });
  await cloud.advance(DAY);

  expect(await cloud.sfn.stopExecution({ executionArn, error: 'Again' })).toMatchObject({ stopDate });
  expect(await outcomeOf(cloud, executionArn)).toEqual({
    status: 'ABORTED',
    error: 'Manual',
    cause: 'enough',
  });
  expect((await eventsOf(cloud, executionArn)).at(-1)).toMatchObject({
    type: 'ExecutionAborted',
    previousEventId: 0,
    executionAbortedEventDetails: { error: 'Manual', cause: 'enough' },
  });
});

test('redrives a failed execution from the state that failed', async () => {
  const cloud = startCloud();
  let isBroken = true;
  cloud.lambda.add('f', () => {
    if (isBroken) throw new FunctionError({ errorType: 'E', errorMessage: 'no' });
    return '"fine"';
  });
  const T = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'f' },
    Output: '{% $x %}',
    End: true,
  };
  const executionArn = await startMachine(
    cloud,
    machine({ P: { Type: 'Pass', Assign: { x: 5 }, Next: 'T' }, T }),
  );
  isBroken = false;

  expect(await cloud.sfn.redriveExecution({ executionArn })).toHaveProperty('redriveDate');
  await cloud.settle();

  expect(await outcomeOf(cloud, executionArn)).toEqual({ status: 'SUCCEEDED', output: 5 });
  expect((await typesOf(cloud, executionArn)).slice(6)).toEqual([
    'TaskFailed',
    'ExecutionFailed',
    'ExecutionRedriven',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(await cloud.sfn.describeExecution({ executionArn })).toMatchObject({ redriveCount: 1 });
  expect(await refusalOf(cloud.sfn.redriveExecution({ executionArn }))).toEqual({
    name: 'ExecutionNotRedrivable',
    message: 'Execution is SUCCEEDED and cannot be redriven',
  });
});

test('cannot redrive what ended more than 14 days ago', async () => {
  const cloud = startCloud();
  const executionArn = await startMachine(cloud, machine({ F: { Type: 'Fail' } }));

  await cloud.advance(15 * DAY);

  expect(await refusalOf(cloud.sfn.redriveExecution({ executionArn }))).toMatchObject({
    name: 'ExecutionNotRedrivable',
  });
});

test('leaves the data out of a history that is asked for without', async () => {
  const cloud = startCloud();
  const executionArn = await startMachine(cloud, PASSES, { secret: 1 });

  const answer = await cloud.sfn.getExecutionHistory({ executionArn, includeExecutionData: false });

  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(answer.events).toHaveLength(4);
});
