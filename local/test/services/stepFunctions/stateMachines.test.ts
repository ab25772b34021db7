import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { machineArn, ROLE, startCloud, type Cloud } from './support/cloud.ts';
import { outcomeOf, refusalOf } from './support/executions.ts';
import { keepTokens, machine, waitingTask } from './support/machines.ts';

const DAY = 86_400_000;
const WAITS = machine({ Wait: waitingTask() });
const PASSES = machine({ P: { Type: 'Pass', End: true } });

async function create(cloud: Cloud, name: string, definition = PASSES) {
  return cloud.sfn.createStateMachine({ name, definition, roleArn: ROLE });
}

test('an execution keeps the definition that it began with', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  await create(
    cloud,
    'm',
    machine({
      Wait: { ...waitingTask(), End: undefined, Next: 'P' },
      P: { Type: 'Pass', Output: 'old', End: true },
    }),
  );
  const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn: machineArn('m') });
  await cloud.settle();

  const updated = await cloud.sfn.updateStateMachine({
    stateMachineArn: machineArn('m'),
    definition: PASSES,
  });
  await cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' });

  expect(updated.revisionId).toMatch(/^[0-9a-f-]{36}$/);
  expect(await outcomeOf(cloud, String(executionArn))).toMatchObject({ output: 'old' });
  expect(await cloud.sfn.describeStateMachine({ stateMachineArn: machineArn('m') })).toMatchObject({
    definition: PASSES,
  });
  const described = await cloud.sfn.describeStateMachineForExecution({ executionArn });
  expect(described.definition).toContain('"old"');
});

test('refuses an update that names nothing to change, and keeps the revision when nothing changes', async () => {
  const cloud = startCloud();
  await create(cloud, 'm');
  const stateMachineArn = machineArn('m');

  expect(await refusalOf(cloud.sfn.updateStateMachine({ stateMachineArn }))).toEqual({
    name: 'MissingRequiredParameter',
    message:
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
  });
  const first = await cloud.sfn.updateStateMachine({ stateMachineArn, roleArn: `${ROLE}-2` });
  const second = await cloud.sfn.updateStateMachine({ stateMachineArn, roleArn: `${ROLE}-2` });
  expect(second.revisionId).toBe(first.revisionId);
});

test('a machine that is being deleted starts nothing more, but its last task may end', async () => {
  const cloud = startCloud();
  const tokens = keepTokens(cloud);
  await create(cloud, 'm', WAITS);
  const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn: machineArn('m') });
  await cloud.settle();

  await cloud.sfn.deleteStateMachine({ stateMachineArn: machineArn('m') });

  expect(await refusalOf(cloud.sfn.startExecution({ stateMachineArn: machineArn('m') }))).toMatchObject({
    name: 'StateMachineDeleting',
  });
  await cloud.sfn.sendTaskSuccess({ taskToken: tokens[0], output: '1' });
  expect(await outcomeOf(cloud, String(executionArn))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await create(cloud, 'm')).toHaveProperty('stateMachineArn');
});

test('lists machines by their names and executions from the newest, page by page', async () => {
  const cloud = startCloud();
  for (const name of ['b', 'a', 'c']) await create(cloud, name);
  const stateMachineArn = machineArn('a');
  for (const name of ['1', '2', '3', '4', '5']) await cloud.sfn.startExecution({ stateMachineArn, name });

  const names: unknown[] = [];
  for await (const { executions = [] } of paginateListExecutions(
    { client: cloud.sfn, pageSize: 2 },
    { stateMachineArn },
  ))
    names.push(executions.map(({ name }) => name));
  const { stateMachines } = await cloud.sfn.listStateMachines({ maxResults: 2 });

  expect(names).toEqual([['5', '4'], ['3', '2'], ['1']]);
  expect(stateMachines).toMatchObject([{ name: 'a' }, { name: 'b' }]);
});

test('refuses the page token of another request, and one that is older than a day', async () => {
  const cloud = startCloud();
  for (const name of ['a', 'b']) await create(cloud, name);
  for (const name of ['1', '2']) await cloud.sfn.startExecution({ stateMachineArn: machineArn('a'), name });
  const { nextToken } = await cloud.sfn.listStateMachines({ maxResults: 1 });
  const invalid = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };

  expect(await refusalOf(cloud.sfn.listExecutions({ stateMachineArn: machineArn('a'), nextToken }))).toEqual(
    invalid,
  );
  expect(await refusalOf(cloud.sfn.listStateMachines({ nextToken: 'x' }))).toEqual(invalid);
  await cloud.advance(DAY + 1000);
  expect(await refusalOf(cloud.sfn.listStateMachines({ nextToken }))).toEqual(invalid);
});

test('a machine of the template is changed when it changed, and else left as it is', async () => {
  const cloud = startCloud();
  const machineOf = (definition: string) => ({ name: 'm', arn: machineArn('m'), roleArn: ROLE, definition });
  const revisions = () => cloud.store.statement('SELECT count(*) AS n FROM sfn_revisions').get();

  for (const definition of [PASSES, PASSES, WAITS, WAITS]) cloud.stepFunctions.define(machineOf(definition));

  expect(revisions()).toEqual({ n: 2 });
  expect(() => cloud.stepFunctions.define(machineOf('{}'))).toThrow('These fields are required');
});

test('describes what a machine is made of, as AWS does', async () => {
  const cloud = startCloud();
  const definition = machine({
    A: { Type: 'Pass', Assign: { b: 1, a: 2 }, Next: 'B' },
    B: {
      Type: 'Pass',
      Output: '{% ($own := $b; $sum([$own, $a]) & $uppercase($states.input.x)) %}',
      End: true,
    },
  });
  await create(cloud, 'm', definition);

  expect(await cloud.sfn.describeStateMachine({ stateMachineArn: machineArn('m') })).toEqual({
    $metadata: expect.anything(),
    creationDate: expect.any(Date),
    definition,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    name: 'm',
    roleArn: ROLE,
    stateMachineArn: machineArn('m'),
    status: 'ACTIVE',
    tracingConfiguration: { enabled: false },
    type: 'STANDARD',
    variableReferences: { B: ['a', 'b'] },
  });
});

test('refuses to log without exactly one destination', async () => {
  const cloud = startCloud();
  const request = { name: 'm', definition: PASSES, roleArn: ROLE };

  expect(
    await refusalOf(cloud.sfn.createStateMachine({ ...request, loggingConfiguration: { level: 'ALL' } })),
  ).toEqual({
    name: 'InvalidLoggingConfiguration',
    message: 'Invalid Logging Configuration: Must specify exactly one Log Destination.',
  });
  expect(await cloud.sfn.createStateMachine({ ...request, loggingConfiguration: {} })).toHaveProperty(
    'stateMachineArn',
  );
});
