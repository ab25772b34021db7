import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { machineArn, ROLE, serve, startCloud } from './support/cloud.ts';
import { createMachine, refusalOf } from './support/executions.ts';
import { machine } from './support/machines.ts';

const definition = machine({ P: { Type: 'Pass', End: true } });
const longName = 'n'.repeat(81);
const longToken = 't'.repeat(1025);
const none = undefined as never; // what a caller without types may leave out

test.each([
  [
    'no machine',
    new StartExecutionCommand({ stateMachineArn: none }),
    "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    'no execution',
    new DescribeExecutionCommand({ executionArn: none }),
    "1 validation error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    'no output',
    new SendTaskSuccessCommand({ taskToken: 'x', output: none }),
    "1 validation error detected: Value null at 'output' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a name that is too long',
    new CreateStateMachineCommand({ name: longName, definition, roleArn: ROLE }),
    `1 validation error detected: Value '${longName}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
  ],
  [
    'two things at once',
    new CreateStateMachineCommand({ name: '', definition: '', roleArn: ROLE }),
    "2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'definition' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'a type that does not exist',
    new CreateStateMachineCommand({ name: 'm', definition, roleArn: ROLE, type: 'FAST' as 'EXPRESS' }),
    "1 validation error detected: Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
  ],
  [
    'a page of more than 1000 executions',
    new ListExecutionsCommand({ stateMachineArn: machineArn('m'), maxResults: 1001 }),
    "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'a page of less than nothing',
    new ListStateMachinesCommand({ maxResults: -1 }),
    "1 validation error detected: Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    'a page token that is too long',
    new ListStateMachinesCommand({ nextToken: longToken }),
    `1 validation error detected: Value '${longToken}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 1024`,
  ],
  [
    'a cause that is too long, which is not repeated',
    new StopExecutionCommand({
      executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:x',
      cause: 'c'.repeat(32_769),
    }),
    "1 validation error detected: Value at 'cause' failed to satisfy constraint: Member must have length less than or equal to 32768",
  ],
  [
    'a level of logging that does not exist',
    new CreateStateMachineCommand({
      name: 'm',
      definition,
      roleArn: ROLE,
      loggingConfiguration: { level: 'LOUD' as 'ALL' },
    }),
    "1 validation error detected: Value 'LOUD' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]",
  ],
  [
    'a tag without a key',
    new CreateStateMachineCommand({
      name: 'm',
      definition,
      roleArn: ROLE,
      tags: [
        { key: 'a', value: 'b' },
        { key: '', value: 'c' },
      ],
    }),
    "1 validation error detected: Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'a description of a version that is not published',
    new UpdateStateMachineCommand({ stateMachineArn: machineArn('m'), definition, versionDescription: 'v' }),
    'Version description can only be set when publish is true',
  ],
  [
    'a version',
    new CreateStateMachineCommand({ name: 'm', definition, roleArn: ROLE, publish: true }),
    'The local Step Functions has no versions: publish is not supported.',
  ],
])('refuses %s with a ValidationException', async (_name, command, message) => {
  const { sfn } = startCloud();

  expect(await refusalOf(sfn.send(command as DescribeExecutionCommand))).toEqual({
    name: 'ValidationException',
    message,
  });
});

const execution = 'arn:aws:states:us-east-1:111111111111:execution:m:x';

test.each([
  ['nonsense', "Invalid Arn: 'Invalid ARN prefix: nonsense'"],
  ['arn:aws:states', "Invalid Arn: 'Invalid ARN: arn:aws:states'"],
  [machineArn('m'), "Invalid Arn: 'Resource type not valid in this context: stateMachine'"],
])('refuses the ARN %s of an execution', async (executionArn, message) => {
  const { sfn } = startCloud();
  const commands = [
    new DescribeExecutionCommand({ executionArn }),
    new GetExecutionHistoryCommand({ executionArn }) as unknown as DescribeExecutionCommand,
    new StopExecutionCommand({ executionArn }) as unknown as DescribeExecutionCommand,
    new RedriveExecutionCommand({ executionArn }) as unknown as DescribeExecutionCommand,
  ];

  for (const command of commands) {
    expect(await refusalOf(sfn.send(command))).toEqual({ name: 'InvalidArn', message });
  }
});

test('refuses the ARN of an execution where a machine is meant, and one that is no role', async () => {
  const { sfn } = startCloud();

  expect(await refusalOf(sfn.startExecution({ stateMachineArn: execution }))).toEqual({
    name: 'InvalidArn',
    message: "Invalid Arn: 'Resource type not valid in this context: execution'",
  });
  const noRole = new CreateStateMachineCommand({ name: 'm', definition, roleArn: machineArn('m') });
  expect(await refusalOf(sfn.send(noRole))).toEqual({
    name: 'InvalidArn',
    message: `Invalid Role Arn: '${machineArn('m')}'`,
  });
});

test('refuses what it would have to ignore: Express machines and keys of customers', async () => {
  const { sfn } = startCloud();
  const request = { name: 'm', definition, roleArn: ROLE };

  const express = await refusalOf(sfn.createStateMachine({ ...request, type: 'EXPRESS' }));
  const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'k' } as const;
  const keys = await refusalOf(sfn.createStateMachine({ ...request, encryptionConfiguration }));

  expect(express).toEqual({
    name: 'StateMachineTypeNotSupported',
    message: 'The local Step Functions runs state machines of the type STANDARD only.',
  });
  expect(keys.name).toBe('InvalidEncryptionConfiguration');
});

test('describes a machine without its definition when that is asked for', async () => {
  const cloud = startCloud();
  const stateMachineArn = await createMachine(cloud, definition);

  const described = await cloud.sfn.describeStateMachine({ stateMachineArn, includedData: 'METADATA_ONLY' });

  expect(described).toMatchObject({ stateMachineArn, definition: '{}', status: 'ACTIVE' });
});

type Sent = { readonly target?: string; readonly type?: string; readonly body?: string };

/** What no SDK would send. */
async function send(endpoint: string, { target, type = 'application/x-amz-json-1.0', body = '{}' }: Sent) {
  const headers = { 'content-type': type, ...(target === undefined ? {} : { 'x-amz-target': target }) };
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const answer: unknown = await response.json();
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

test.each([
  [
    'an unknown action',
    { target: 'AWSStepFunctions.Dance' },
    'UnknownOperationException',
    'The operation Dance is not',
  ],
  [
    'an action of activities',
    { target: 'AWSStepFunctions.CreateActivity' },
    'UnknownOperationException',
    'The operation CreateActivity is not supported by the local Step Functions.',
  ],
  ['no action', {}, 'UnknownOperationException', 'The request names no operation'],
  ['another service', { target: 'Other.Start' }, 'UnknownOperationException', 'names no operation'],
  [
    'another content type',
    { target: 'AWSStepFunctions.ListStateMachines', type: 'text/plain' },
    'UnknownOperationException',
    'The content type "text/plain" is not supported',
  ],
  [
    'half a body',
    { target: 'AWSStepFunctions.ListStateMachines', body: '{"maxResults":' },
    'SerializationException',
    'not a JSON object',
  ],
  [
    'a text where a number belongs',
    { target: 'AWSStepFunctions.ListStateMachines', body: '{"maxResults":"1"}' },
    'SerializationException',
    "'maxResults' is not a Integer",
  ],
])('answers %s with a 400 in its own protocol', async (_name, sent, type, message) => {
  const endpoint = await serve(startCloud());

  expect(await send(endpoint, sent)).toEqual({
    status: 400,
    type: 'application/x-amz-json-1.0',
    answer: { __type: type, message: expect.stringContaining(message) },
  });
});
