import { CreateStateMachineCommand, SFN, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { machineArn, ROLE, serve, startCloud } from './support/cloud.ts';
import { createMachine, outcomeOf, refusalOf, startExecution } from './support/executions.ts';
import { INVOKE, keepTokens, machine, waitingTask } from './support/machines.ts';
import { FunctionError } from './support/stubLambda.ts';

const PASSES = machine({ P: { Type: 'Pass', End: true } });
const WAITS = machine({
  Wait: { ...waitingTask(), End: undefined, Next: 'P' },
  P: { Type: 'Pass', End: true },
});

test('a machine is DELETING while one of its executions runs, and refuses what would change it', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  keepTokens(cloud);
  const stateMachineArn = await createMachine(cloud, WAITS);
  await startExecution(cloud, stateMachineArn);
  const name = stateMachineArn.split(':').at(-1) ?? '';

  await sfn.deleteStateMachine({ stateMachineArn });

  const deleting = {
    name: 'StateMachineDeleting',
    message: `State Machine is being deleted: '${stateMachineArn}'`,
  };
  const described = await sfn.describeStateMachine({ stateMachineArn });
  expect(described.status).toBe('DELETING');
  expect(await refusalOf(sfn.startExecution({ stateMachineArn }))).toEqual(deleting);
  const update = new UpdateStateMachineCommand({ stateMachineArn, definition: PASSES });
  expect(await refusalOf(sfn.send(update))).toEqual(deleting);
  const create = new CreateStateMachineCommand({ name, definition: PASSES, roleArn: ROLE });
  expect(await refusalOf(sfn.send(create))).toEqual(deleting);
  const { executions } = await sfn.listExecutions({ stateMachineArn });
  expect(executions).toHaveLength(1);
});

test('the next transition ends the executions of a deleted machine, and then it is gone', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  const tokens = keepTokens(cloud);
  const stateMachineArn = await createMachine(cloud, WAITS);
  const executionArn = await startExecution(cloud, stateMachineArn);
  await sfn.deleteStateMachine({ stateMachineArn });

  await sfn.sendTaskSuccess({ taskToken: tokens[0] ?? '', output: '1' });

  expect(await sfn.describeExecution({ executionArn })).toMatchObject({
    status: 'ABORTED',
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'State machine is in DELETING status',
  });
  expect(await refusalOf(sfn.describeStateMachine({ stateMachineArn }))).toEqual({
    name: 'StateMachineDoesNotExist',
    message: `State Machine Does Not Exist: '${stateMachineArn}'`,
  });
  expect((await sfn.listStateMachines({})).stateMachines).toEqual([]);
});

test('keeps the tags of a machine', async () => {
  const { sfn } = startCloud();
  const tags = [{ key: 'team', value: 'orders' }];
  const { stateMachineArn: resourceArn } = await sfn.createStateMachine({
    name: 'm',
    definition: PASSES,
    roleArn: ROLE,
    tags,
  });

  await sfn.tagResource({ resourceArn, tags: [{ key: 'env', value: 'test' }] });
  const both = await sfn.listTagsForResource({ resourceArn });
  await sfn.untagResource({ resourceArn, tagKeys: ['team', 'nothing'] });
  const one = await sfn.listTagsForResource({ resourceArn });

  expect(both.tags).toEqual([{ key: 'env', value: 'test' }, ...tags]);
  expect(one.tags).toEqual([{ key: 'env', value: 'test' }]);
});

test('refuses the tags of what it does not know, and more than 50', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  const resourceArn = await createMachine(cloud, PASSES);
  const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));

  expect(await refusalOf(sfn.listTagsForResource({ resourceArn: machineArn('none') }))).toEqual({
    name: 'ResourceNotFound',
    message: `Resource not found: '${machineArn('none')}'`,
  });
  expect((await refusalOf(sfn.tagResource({ resourceArn, tags }))).name).toBe('TooManyTags');
  expect((await sfn.listTagsForResource({ resourceArn })).tags).toEqual([]);
});

test('validates a definition without making a machine of it', async () => {
  const { sfn } = startCloud();
  const broken = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'C' }, B: { Type: 'Pass', End: true } },
  });
  const validate = (definition: string, maxResults = 0) =>
    sfn.validateStateMachineDefinition({ definition, maxResults });

  expect(await validate(PASSES)).toMatchObject({ result: 'OK', diagnostics: [], truncated: false });
  expect(await validate(broken)).toMatchObject({
    result: 'FAIL',
    truncated: false,
    diagnostics: [
      {
        severity: 'ERROR',
        code: 'MISSING_TRANSITION_TARGET',
        message: "Missing 'Next' target: C",
        location: '/States/A/Next',
      },
      { code: 'MISSING_TRANSITION_TARGET', message: 'State "B" is not reachable.', location: '/States/B' },
    ],
  });
  expect(await validate(broken, 1)).toMatchObject({ truncated: true, diagnostics: [{}] });
  expect(await validate('nonsense')).toMatchObject({ diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION' }] });
});

test('does not run a machine while its caller waits, as AWS does not for a STANDARD one', async () => {
  const cloud = startCloud();
  const stateMachineArn = await createMachine(cloud, PASSES);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = await serve(cloud);
  const sfn = new SFN({ endpoint, region: 'us-east-1', credentials, disableHostPrefix: true });
  onTestFinished(() => sfn.destroy());

  expect(await refusalOf(sfn.startSyncExecution({ stateMachineArn }))).toEqual({
    name: 'StateMachineTypeNotSupported',
    message: 'This operation is not supported by this type of state machine',
  });
});

test('takes a redrive that is asked for again with the same client token as the same one', async () => {
  const cloud = startCloud();
  const { sfn } = cloud;
  let isBroken = true;
  cloud.lambda.add('f', () => {
    if (isBroken) throw new FunctionError({ errorType: 'E', errorMessage: 'no' });
    return '1';
  });
  const T = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, Output: 'done', End: true };
  const stateMachineArn = await createMachine(cloud, machine({ T }));
  const executionArn = await startExecution(cloud, stateMachineArn);
  isBroken = false;

  const redrive = (clientToken: string) => sfn.redriveExecution({ executionArn, clientToken });
  const first = await redrive('token-1');
  await cloud.settle();
  const again = await redrive('token-1');

  expect(again.redriveDate).toEqual(first.redriveDate);
  expect((await refusalOf(redrive('token-2'))).message).toBe('Execution is SUCCEEDED and cannot be redriven');
  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: 'done' });
  expect(await sfn.describeExecution({ executionArn })).toMatchObject({ redriveCount: 1 });
});
