import { describe, expect, test } from 'vitest';
import { parseDefinition } from '../../../services/stepFunctions/definition/parseDefinition.ts';
import { loadJsonata } from '../../../services/stepFunctions/jsonata/loadJsonata.ts';

const jsonata = loadJsonata(Date.now);

function problem(definition: unknown): string {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  try {
    parseDefinition(text, jsonata);
    return 'accepted';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/^Invalid State Machine Definition: '/, '').replace(/'$/, '');
  }
}

const END = { Type: 'Pass', End: true };

function jsonataMachine(state: object) {
  return { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: state, T: END } };
}

function plain(state: object) {
  return { StartAt: 'S', States: { S: state } };
}

describe('refuses, in the words of AWS,', () => {
  test.each([
    [
      'text that is not JSON',
      'not a definition',
      'INVALID_JSON_DESCRIPTION: The definition is not valid JSON at /',
    ],
    ['what is no object', '[]', 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at /'],
    ['an empty object', '{}', 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'],
    [
      'a target that does not exist, and a state that nothing reaches',
      { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'c' }, b: END } },
      'MISSING_TRANSITION_TARGET: Missing \'Next\' target: c at /States/a/Next, MISSING_TRANSITION_TARGET: State "b" is not reachable. at /States/b',
    ],
    [
      'a loop without an end',
      { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'b' }, b: { Type: 'Pass', Next: 'a' } } },
      'MISSING_END_STATE: Workflow has no terminal state at null',
    ],
    [
      'a StartAt that does not exist',
      { StartAt: 'x', States: { a: END } },
      'MISSING_TRANSITION_TARGET: Missing \'Next\' target: x at /StartAt, MISSING_TRANSITION_TARGET: State "a" is not reachable. at /States/a',
    ],
    [
      'an unknown field',
      plain({ ...END, Foo: 1 }),
      "SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/S",
    ],
    [
      'Catch on a Pass',
      plain({ ...END, Catch: [] }),
      "SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/S",
    ],
    [
      'a JSONata field in JSONPath',
      plain({ ...END, Output: 1 }),
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S",
    ],
    [
      'JSONPath under JSONata',
      { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: { ...END, QueryLanguage: 'JSONPath' } } },
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S",
    ],
    [
      'a moment without its offset',
      plain({ Type: 'Wait', Timestamp: '2016-12-05T21:29:29', End: true }),
      'SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Timestamp',
    ],
  ])('%s', (_name, definition, expected) => {
    expect(problem(definition)).toBe(expected);
  });

  test.each([
    ['a[1,2)', 'INVALID_JSONATA_EXPRESSION: Expected "]", got ","'],
    ['"unterminated', 'INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote'],
    ['1 +', 'INVALID_JSONATA_EXPRESSION: Unexpected end of expression'],
    ['phone', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."],
    [
      '$uppercase(name) & $states.input.a.b',
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'name' at the top level is not supported.",
    ],
    ['$$', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported."],
    ['$states.result', "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist."],
  ])('the expression %s', (expression, expected) => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'S',
      States: { S: { ...END, Output: { v: `{% ${expression} %}` } } },
    };

    expect(problem(definition)).toBe(`${expected} at /States/S/Output/v`);
  });
});

test.each([
  '$states.input[price > 3].name',
  '$map($states.input, function($v) { $v.a })',
  '$states.input.{"a": b}',
  '$x ~> |$|{"a": 1}|',
])('accepts the expression %s', (expression) => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'S',
    States: { S: { ...END, Output: `{% ${expression} %}` } },
  };

  expect(problem(definition)).toBe('accepted');
});

describe('refuses with a sentence', () => {
  test.each([
    ['InputPath', plain({ ...END, InputPath: '$.a' })],
    [
      'Parameters',
      plain({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {}, End: true }),
    ],
    ['ItemsPath', plain({ Type: 'Map', ItemsPath: '$', ItemProcessor: plain(END), End: true })],
    ['x.$', plain({ ...END, Assign: { 'x.$': '$.a' } })],
    ['Variable', plain({ Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'S' }] })],
  ])('the JSONPath field %s', (name, definition) => {
    expect(problem(definition)).toContain(
      `The local Step Functions does not run JSONPath: use the JSONata QueryLanguage instead of the field '${name}'`,
    );
  });

  test.each([
    'sqs:sendMessage',
    'aws-sdk:s3:putObject.waitForTaskToken',
    'states:startExecution.sync:2',
    'lambda:invoke.sync',
  ])('the resource %s', (integration) => {
    const Resource = `arn:aws:states:::${integration}`;

    expect(problem(jsonataMachine({ Type: 'Task', Resource, Next: 'T' }))).toBe(
      `SCHEMA_VALIDATION_FAILED: The local Step Functions runs Lambda functions only: the resource ${integration} is not supported at /States/S/Resource`,
    );
  });

  test('a distributed Map', () => {
    const ItemProcessor = { ...plain(END), ProcessorConfig: { Mode: 'DISTRIBUTED' } };

    expect(problem(jsonataMachine({ Type: 'Map', ItemProcessor, Next: 'T' }))).toContain(
      'does not run distributed Maps',
    );
  });
});

describe('refuses what has no meaning:', () => {
  test.each([
    [
      'no Next and no End',
      { Type: 'Pass' },
      'This object should have only one of the following fields: [Next, End] at /States/S',
    ],
    [
      'both of them',
      { Type: 'Pass', Next: 'T', End: true },
      'only be one of the following fields: [Next, End]',
    ],
    ['no type', { Next: 'T' }, "The field 'Type' is required at /States/S"],
    [
      'an unknown type',
      { Type: 'Tusk', Next: 'T' },
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type",
    ],
    [
      'a Wait for nothing',
      { Type: 'Wait', Next: 'T' },
      'This object should have only one of the following fields: [Seconds, Timestamp]',
    ],
    ['a Choice of nothing', { Type: 'Choice', Default: 'T' }, 'These fields are required: [Choices]'],
    [
      'a rule to nowhere',
      { Type: 'Choice', Choices: [{ Condition: true }], Default: 'T' },
      '[Next] at /States/S/Choices[0]',
    ],
    [
      'an Assign of states',
      { Type: 'Pass', Assign: { states: 1 }, Next: 'T' },
      "'states' is not a valid variable name",
    ],
    [
      'an Assign of a-b',
      { Type: 'Pass', Assign: { 'a-b': 1 }, Next: 'T' },
      "'a-b' is not a valid variable name",
    ],
    [
      'States.ALL with another',
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Retry: [{ ErrorEquals: ['States.ALL', 'E'] }],
        Next: 'T',
      },
      'States.ALL must appear alone and at end of list',
    ],
    [
      'a timeout of nothing',
      { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: 0, Next: 'T' },
      'Minimum value is 1 at /States/S/TimeoutSeconds',
    ],
    [
      'Seconds that are a text',
      { Type: 'Wait', Seconds: 'soon', Next: 'T' },
      'Expected value of type Integer',
    ],
  ])('%s', (_name, state, expected) => {
    expect(problem(jsonataMachine(state))).toContain(expected);
  });

  test('checks within branches and processors', () => {
    const Branches = [{ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'S' } } }];

    expect(problem(jsonataMachine({ Type: 'Parallel', Branches, Next: 'T' }))).toContain(
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: S at /States/S/Branches[0]/States/A/Next",
    );
  });
});

test('accepts literals without JSONata: Result, Seconds, Timestamp, TimeoutSeconds, Retry, Catch', () => {
  const definition = {
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Result: { a: 1 }, Next: 'B' },
      B: { Type: 'Wait', Timestamp: '2016-12-05T21:29:29.123456789+02:00', Next: 'C' },
      C: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f',
        TimeoutSeconds: 3,
        HeartbeatSeconds: 2,
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'D' }],
        End: true,
      },
      D: { Type: 'Fail', Error: '{% literal %}' },
    },
  };

  expect(problem(definition)).toBe('accepted');
});
