import { expect, test } from 'vitest';
import { machineArn, startCloud } from './support/cloud.ts';
import { startMachine, refusalOf } from './support/executions.ts';
import { keepTokens, machine, waitingTask } from './support/machines.ts';

const COMMON = {
  stateMachineVersionArn: null,
  stateMachineAliasArn: null,
  redriveCount: 0,
  redriveDate: null,
  inputDetails: { included: true },
};

test('tells EventBridge that an execution began and ended', async () => {
  const cloud = startCloud();

  const executionArn = await startMachine(
    cloud,
    machine({ P: { Type: 'Pass', Output: 'done', End: true } }),
    {
      a: 1,
    },
  );

  const name = executionArn.split(':').at(-1);
  const stateMachineArn = executionArn.replace(':execution:', ':stateMachine:').replace(`:${name}`, '');
  const detail = {
    ...COMMON,
    executionArn,
    stateMachineArn,
    name,
    startDate: expect.any(Number),
    input: '{"a":1}',
    redriveStatus: 'NOT_REDRIVABLE',
    error: null,
    cause: null,
  };
  const event = {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [executionArn],
  };
  expect(cloud.emitted).toEqual([
    {
      ...event,
      detail: {
        ...detail,
        status: 'RUNNING',
        stopDate: null,
        output: null,
        outputDetails: null,
        redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
      },
    },
    {
      ...event,
      detail: {
        ...detail,
        status: 'SUCCEEDED',
        stopDate: expect.any(Number),
        output: '"done"',
        outputDetails: { included: true },
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      },
    },
  ]);
});

test('tells it of failures, stops and timeouts', async () => {
  const cloud = startCloud();
  keepTokens(cloud);
  await startMachine(cloud, machine({ F: { Type: 'Fail', Error: 'E', Cause: 'C' } }));
  const stopped = await startMachine(cloud, machine({ W: waitingTask() }));
  await startMachine(cloud, machine({ W: waitingTask() }, { TimeoutSeconds: 5 }));

  await cloud.sfn.stopExecution({ executionArn: stopped });
  await cloud.advance(5_000);

  const ended = cloud.emitted.map(({ detail }) => detail).filter(({ status }) => status !== 'RUNNING');
  expect(ended).toMatchObject([
    { status: 'FAILED', error: 'E', cause: 'C', redriveStatus: 'REDRIVABLE', redriveStatusReason: null },
    { status: 'ABORTED', error: null, cause: null },
    { status: 'TIMED_OUT', error: null, cause: null },
  ]);
});

test('tells of nothing that was not written: the event is in the same transaction', async () => {
  const cloud = startCloud();
  const before = cloud.emitted.length;

  const refusal = await refusalOf(cloud.sfn.startExecution({ stateMachineArn: machineArn('x') }));

  expect(refusal).toMatchObject({ name: 'StateMachineDoesNotExist' });
  expect(cloud.emitted).toHaveLength(before);
});

test('leaves out an input that is too long for an event', async () => {
  const cloud = startCloud();

  await startMachine(cloud, machine({ P: { Type: 'Pass', Output: 1, End: true } }), 'x'.repeat(250 * 1024));

  expect(cloud.emitted[0]?.detail).toMatchObject({ input: null, inputDetails: { included: false } });
});
