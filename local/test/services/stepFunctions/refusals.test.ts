import { expect, test } from 'vitest';
import { readDefinition } from '../../../services/stepFunctions/definition/parseDefinition.ts';
import { loadJsonata } from '../../../services/stepFunctions/jsonata/loadJsonata.ts';
import { INVOKE, INVOKE_AND_WAIT } from './support/machines.ts';

const jsonata = loadJsonata(Date.now);
const END = { Type: 'Pass', End: true };

function found(definition: object) {
  return readDefinition(JSON.stringify(definition), jsonata).diagnostics.found;
}

function messages(definition: object): readonly string[] {
  return found(definition).map(({ message }) => message);
}

function jsonataMachine(state: object) {
  return { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: { End: true, ...state } } };
}

test.each([
  [
    'no type',
    { StartAt: 'First', States: { First: { End: true } } },
    ["The field 'Type' is required", 'Workflow has no terminal state'],
  ],
  [
    'an unknown type',
    { StartAt: 'First', States: { First: { Type: 'UnknownStateType', End: true } } },
    [
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
    ],
  ],
  [
    'a way on from an end',
    { StartAt: 'Done', States: { Done: { Type: 'Succeed', Next: 'AfterDone' }, AfterDone: END } },
    ["Field 'Next' is not supported"],
  ],
  [
    'no way on',
    { StartAt: 'First', States: { First: { Type: 'Pass' } } },
    [
      'This object should have only one of the following fields: [Next, End]',
      'Workflow has no terminal state',
    ],
  ],
  [
    'no states',
    { StartAt: 'First', States: {} },
    ['Value cannot be empty', "Missing 'Next' target: First", 'Workflow has no terminal state'],
  ],
  ['no beginning', { States: { First: END } }, ['These fields are required: [StartAt]']],
  [
    'a Wait for two things',
    {
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 1, Timestamp: '2025-01-01T00:00:10.000Z', End: true } },
    },
    ['There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]'],
  ],
  [
    'a Wait for nothing',
    { StartAt: 'W', States: { W: { Type: 'Wait', End: true } } },
    [
      'This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]',
    ],
  ],
])('says of %s everything that AWS says, transitions too', (_name, definition, expected) => {
  expect(messages(definition)).toEqual(expected);
});

test.each([
  [
    'no processor',
    { Type: 'Map' },
    'This object should have only one of the following fields: [ItemProcessor, Iterator]',
  ],
  [
    'two processors',
    { Type: 'Map', ItemProcessor: processor('A'), Iterator: processor('B') },
    'There should only be one of the following fields: [ItemProcessor, Iterator]',
  ],
  [
    'no Arguments for an integration',
    { Type: 'Task', Resource: INVOKE_AND_WAIT },
    'Arguments field is required for resource ARN: arn:aws:states:::lambda:invoke.waitForTaskToken',
  ],
  [
    'Arguments without a function',
    { Type: 'Task', Resource: INVOKE, Arguments: { Payload: {} } },
    "The field 'FunctionName' is required but was missing",
  ],
  [
    'Arguments that an integration does not know',
    { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Paylod: {} } },
    'The field "Paylod" is not supported by Step Functions',
  ],
])('refuses %s', (_name, state, message) => {
  expect(messages(jsonataMachine(state))).toEqual([message]);
});

test('takes Arguments that an expression gives, and those of a Lambda by its ARN, as they come', () => {
  const Resource = 'arn:aws:lambda:us-east-1:111111111111:function:f';

  expect(
    messages(jsonataMachine({ Type: 'Task', Resource: INVOKE, Arguments: '{% $states.input %}' })),
  ).toEqual([]);
  expect(messages(jsonataMachine({ Type: 'Task', Resource, Arguments: { anything: 1 } }))).toEqual([]);
  expect(messages(jsonataMachine({ Type: 'Task', Resource }))).toEqual([]);
});

test.each([
  ['Map', { Type: 'Map', ItemProcessor: processor('Inner', { shared: 1 }) }, 'ItemProcessor'],
  ['Parallel', { Type: 'Parallel', Branches: [processor('Inner', { shared: 1 })] }, 'Branches[0]'],
])('a variable of the scope around it is not assigned within a %s', (_name, state, place) => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'S',
    States: { S: { ...state, Assign: { shared: 0 }, Next: 'T' }, T: END },
  };

  expect(found(definition)).toEqual([
    {
      code: 'DUPLICATE_VARIABLE_NAME',
      message: "The variable name 'shared' was already defined in a parent scope.",
      location: `/States/S/${place}/States/Inner/Assign/shared`,
    },
  ]);
});

test.each([
  ['Map', { Type: 'Map', ItemProcessor: processor('Inner', { shared: 1 }) }],
  ['Parallel', { Type: 'Parallel', Branches: [processor('Inner', { shared: 1 })] }],
])('a variable that is assigned within a %s may be assigned by its own Catch, too', (_name, state) => {
  const catcher = { ErrorEquals: ['States.ALL'], Assign: { shared: 0 }, Next: 'T' };

  expect(
    found({
      QueryLanguage: 'JSONata',
      StartAt: 'S',
      States: { S: { ...state, Catch: [catcher], End: true }, T: END },
    }),
  ).toEqual([]);
});

test('the Catch of another state counts as the scope around', () => {
  const catcher = { ErrorEquals: ['States.ALL'], Assign: { shared: 0 }, Next: 'T' };
  const other = { Type: 'Parallel', Branches: [processor('Other', {})], Catch: [catcher], Next: 'S' };
  const state = { Type: 'Parallel', Branches: [processor('Inner', { shared: 1 })], End: true };

  expect(
    found({ QueryLanguage: 'JSONata', StartAt: 'O', States: { O: other, S: state, T: END } }),
  ).toMatchObject([{ code: 'DUPLICATE_VARIABLE_NAME' }]);
});

test('two branches may each assign a variable of the same name', () => {
  const Branches = [processor('A', { own: 1 }), processor('B', { own: 2 })];

  expect(messages(jsonataMachine({ Type: 'Parallel', Branches }))).toEqual([]);
});

function processor(name: string, assign?: object) {
  return {
    StartAt: name,
    States: { [name]: { ...END, ...(assign === undefined ? {} : { Assign: assign }) } },
  };
}
