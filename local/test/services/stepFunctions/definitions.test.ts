import { UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { ROLE, startCloud } from './support/cloud.ts';
import { createMachine, refusalOf } from './support/executions.ts';
import { INVOKE, machine } from './support/machines.ts';

const END = { Type: 'Pass', End: true };
const TASK = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, Next: 'T' };

/** What CreateStateMachine says of a definition. */
async function refusal(definition: string): Promise<string> {
  const { sfn } = startCloud();
  const { name, message } = await refusalOf(sfn.createStateMachine({ name: 'm', definition, roleArn: ROLE }));
  expect(name).toBe('InvalidDefinition');
  return message.replace(/^Invalid State Machine Definition: '(.*)'$/s, '$1');
}

function inner(name: string, others: object = {}) {
  return { StartAt: name, States: { [name]: END }, ...others };
}

function retrier(fields: object): object {
  return { ...TASK, Retry: [{ ErrorEquals: ['E'], ...fields }] };
}

test.each([
  [
    'a name in two branches',
    { Type: 'Parallel', Branches: [inner('A'), inner('A')], Next: 'T' },
    'DUPLICATE_STATE_NAME: Duplicate State name: A at /States/S/Branches[1]/States/A',
  ],
  [
    'a name of the machine within an iteration',
    { Type: 'Map', ItemProcessor: inner('S'), Next: 'T' },
    'DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/ItemProcessor/States/S',
  ],
  [
    'an unknown field of a branch',
    { Type: 'Parallel', Branches: [inner('A', { TimeoutSeconds: 3 })], Next: 'T' },
    "SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/S/Branches[0]",
  ],
  [
    'a branch without StartAt',
    { Type: 'Parallel', Branches: [{ States: { A: END } }], Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /States/S/Branches[0]',
  ],
  [
    'branches that are no list',
    { Type: 'Parallel', Branches: {}, Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Expected value of type Array at /States/S/Branches',
  ],
  [
    'a mode that does not exist',
    { Type: 'Map', ItemProcessor: inner('A', { ProcessorConfig: { Mode: 'FAST' } }), Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [INLINE, DISTRIBUTED] at /States/S/ItemProcessor/ProcessorConfig/Mode',
  ],
  [
    'a heartbeat that is not within the timeout',
    { ...TASK, TimeoutSeconds: 10, HeartbeatSeconds: 10 },
    'SCHEMA_VALIDATION_FAILED: HeartbeatSeconds (10) must be smaller than TimeoutSeconds (10) at /States/S/HeartbeatSeconds',
  ],
  [
    'a percentage beyond a hundred',
    { Type: 'Map', ItemProcessor: inner('A'), ToleratedFailurePercentage: 100.5, Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Maximum value is 100.0 at /States/S/ToleratedFailurePercentage',
  ],
  [
    'a default that is no name',
    { Type: 'Choice', Choices: [{ Condition: true, Next: 'T' }], Default: 1 },
    'SCHEMA_VALIDATION_FAILED: Expected value of type String at /States/S/Default',
  ],
  [
    'rules that are none',
    { Type: 'Choice', Choices: [], Default: 'T' },
    'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Choices',
  ],
  [
    'a rule in JSONPath under JSONata',
    { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'T' }] },
    "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/S/Choices[0], SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'IsPresent' is only supported for the 'JSONPath' QueryLanguage at /States/S/Choices[0]",
  ],
  [
    'a rule without a condition',
    { Type: 'Choice', Choices: [{ Next: 'T' }] },
    'SCHEMA_VALIDATION_FAILED: The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]',
  ],
  [
    'an End that is a text',
    { Type: 'Pass', End: 'true', Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Expected value of type Boolean at /States/S/End',
  ],
  [
    'a Next on the way out',
    { Type: 'Succeed', Next: 'T' },
    "SCHEMA_VALIDATION_FAILED: Field 'Next' is not supported at /States/S",
  ],
  [
    'a resource that is no text',
    { Type: 'Task', Resource: 1, Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Expected value of type String at /States/S/Resource',
  ],
  [
    'a resource that is no ARN',
    { Type: 'Task', Resource: 'nobody', Next: 'T' },
    'SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/S/Resource',
  ],
  [
    'half an attempt',
    retrier({ MaxAttempts: 1.5 }),
    'Expected value of type Integer at /States/S/Retry[0]/MaxAttempts',
  ],
  [
    'an interval below nothing',
    retrier({ IntervalSeconds: -1 }),
    'Minimum value is 0 at /States/S/Retry[0]/IntervalSeconds',
  ],
  [
    'a rate below one',
    retrier({ BackoffRate: 0.5 }),
    'Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate',
  ],
  [
    'a delay of more than a year',
    retrier({ MaxDelaySeconds: 31_622_401 }),
    'Maximum value is 31622400 at /States/S/Retry[0]/MaxDelaySeconds',
  ],
  [
    'a jitter that does not exist',
    retrier({ JitterStrategy: 'SOME' }),
    'Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy',
  ],
  [
    'a retrier for nothing',
    retrier({ ErrorEquals: [] }),
    'Value cannot be empty at /States/S/Retry[0]/ErrorEquals',
  ],
  [
    'a catcher to nowhere',
    { ...TASK, Catch: [{ ErrorEquals: ['E'], Next: 'Nowhere' }] },
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/S/Catch[0]/Next",
  ],
  [
    'States.ALL before another retrier',
    { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] },
    'States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals',
  ],
  [
    'an errorOutput outside of a catcher',
    { Type: 'Pass', Output: '{% $states.errorOutput %}', Next: 'T' },
    "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Output",
  ],
])('refuses %s', async (_name, state, message) => {
  const found = await refusal(machine({ S: state, T: END }));

  expect(found).toContain(message);
});

test('names all that is wrong in one message', async () => {
  const found = await refusal(
    machine({ S: { Type: 'Pass', Foo: 1 }, T: { Type: 'Tusk' } }, { Version: 1, Bar: true }),
  );

  expect(found.split(', SCHEMA_VALIDATION_FAILED: ')).toEqual([
    "SCHEMA_VALIDATION_FAILED: Field 'Bar' is not supported at /",
    'Expected value of type String at /Version',
    "Field 'Foo' is not supported at /States/S",
    'This object should have only one of the following fields: [Next, End] at /States/S',
    "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/T/Type, MISSING_END_STATE: Workflow has no terminal state at null",
  ]);
});

test('names the field of JSONPath and its place', async () => {
  const comparison = { Variable: '$.a', StringEquals: 'x', Next: 'T' };
  const found = await refusal(
    JSON.stringify({ StartAt: 'C', States: { C: { Type: 'Choice', Choices: [comparison] }, T: END } }),
  );

  expect(found).toBe(
    "SCHEMA_VALIDATION_FAILED: The local Step Functions does not run JSONPath: use the JSONata QueryLanguage instead of the field 'Variable' at /States/C/Choices[0], SCHEMA_VALIDATION_FAILED: The local Step Functions does not run JSONPath: use the JSONata QueryLanguage instead of the field 'StringEquals' at /States/C/Choices[0]",
  );
});

test('refuses what is nested without end instead of failing on it', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const definition = machine({ P: { ...END, Output: 'deep' } }).replace('"deep"', deep);

  expect(await refusal(definition)).toBe('TOO_DEEPLY_NESTED: The states are too deeply nested at /');
});

test('an update with a broken definition changes nothing', async () => {
  const cloud = startCloud();
  const stateMachineArn = await createMachine(cloud, machine({ P: END }));

  const broken = new UpdateStateMachineCommand({
    stateMachineArn,
    definition: machine({ P: { Type: 'Pass' } }),
  });

  expect(await refusalOf(cloud.sfn.send(broken))).toEqual({
    name: 'InvalidDefinition',
    message:
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/P, MISSING_END_STATE: Workflow has no terminal state at null'",
  });
});
