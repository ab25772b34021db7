import { expect, test } from 'vitest';
import { eventsOf, outcomeOf, runMachine, startMachine } from './support/executions.ts';
import { INVOKE, INVOKE_AND_WAIT, machine } from './support/machines.ts';
import { startCloud } from './support/cloud.ts';

const TASK = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, End: true };
const WAITING = { ...TASK, Resource: INVOKE_AND_WAIT };
const BEGINS = "An error occurred while executing the state 'S' (entered at the event id #2). ";

function of(expression: string, field: string): string {
  return `${BEGINS}The JSONata expression '${expression}' specified for the field '${field}' `;
}

test.each([
  [
    'a Fail whose Error is a number',
    { Type: 'Fail', Error: '{% 1 %}' },
    'Error',
    `${of('1', 'Error')}returned an unexpected result type. Expected 'string', but was 'number' for value: 1`,
  ],
  [
    'a Fail whose Cause is an object',
    { Type: 'Fail', Cause: "{% {'a': [1]} %}" },
    'Cause',
    `${of("{'a': [1]}", 'Cause')}returned an unexpected result type. Expected 'string', but was 'object' for value: {"a":[1]}`,
  ],
  [
    'a Wait for a text of seconds',
    { Type: 'Wait', Seconds: "{% '5' %}", End: true },
    'Seconds',
    `${of("'5'", 'Seconds')}returned an unexpected result type. Expected 'number', but was 'string' for value: "5"`,
  ],
  [
    'a Wait for nothing',
    { Type: 'Wait', Seconds: '{% $nothing %}', End: true },
    'Seconds',
    `${of('$nothing', 'Seconds')}returned nothing (undefined).`,
  ],
  [
    'a Wait into the past by seconds',
    { Type: 'Wait', Seconds: '{% -1 %}', End: true },
    'Seconds',
    `${BEGINS}Seconds must be between 0 and 99999999 but was: -1`,
  ],
  [
    'a Wait for a second and a half',
    { Type: 'Wait', Seconds: '{% 1.5 %}', End: true },
    'Seconds',
    `${BEGINS}The Seconds field cannot be parsed as an integer: 1.5`,
  ],
  [
    'a Wait until a number',
    { Type: 'Wait', Timestamp: '{% 5 %}', End: true },
    'Timestamp',
    `${of('5', 'Timestamp')}returned an unexpected result type. Expected 'string', but was 'number' for value: 5`,
  ],
  [
    'a Wait until no moment',
    { Type: 'Wait', Timestamp: "{% '2026-02-30 10:00' %}", End: true },
    'Timestamp',
    `${BEGINS}The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2026-02-30 10:00`,
  ],
  [
    'a Wait until a day that no calendar has',
    { Type: 'Wait', Timestamp: "{% '2026-02-30T10:00:00Z' %}", End: true },
    'Timestamp',
    `${BEGINS}The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2026-02-30T10:00:00Z`,
  ],
  [
    'a timeout below nothing',
    { ...TASK, TimeoutSeconds: '{% -1 %}' },
    'TimeoutSeconds',
    `${BEGINS}TimeoutSeconds must be between 0 and 99999999 but was: -1`,
  ],
  [
    'a timeout of more seconds than AWS counts',
    { ...TASK, TimeoutSeconds: '{% 100000000 %}' },
    'TimeoutSeconds',
    `${BEGINS}TimeoutSeconds must be between 0 and 99999999 but was: 100000000`,
  ],
  [
    'a timeout of a part of a second',
    { ...TASK, TimeoutSeconds: '{% 1.6 %}' },
    'TimeoutSeconds',
    `${BEGINS}The TimeoutSeconds field cannot be parsed as an integer: 1.6`,
  ],
  [
    'a heartbeat of a part of a second',
    { ...WAITING, HeartbeatSeconds: '{% 0.5 %}' },
    'HeartbeatSeconds',
    `${BEGINS}The HeartbeatSeconds field cannot be parsed as an integer: 0.5`,
  ],
  [
    'a timeout that is true',
    { ...TASK, TimeoutSeconds: '{% true %}' },
    'TimeoutSeconds',
    `${of('true', 'TimeoutSeconds')}returned an unexpected result type. Expected 'number', but was 'boolean' for value: true`,
  ],
  [
    'a heartbeat beyond the timeout',
    { ...WAITING, TimeoutSeconds: 60, HeartbeatSeconds: '{% 60 %}' },
    'HeartbeatSeconds',
    `${BEGINS}HeartbeatSeconds (60) must be smaller than TimeoutSeconds (60).`,
  ],
  [
    'Arguments that are nothing',
    { ...TASK, Arguments: { FunctionName: '{% $states.input.nobody %}' } },
    'Arguments/FunctionName',
    `${of('$states.input.nobody', 'Arguments/FunctionName')}returned nothing (undefined).`,
  ],
  [
    'an Assign that fails',
    { Type: 'Pass', Assign: { a: { b: ["{% $sum('x') %}"] } }, End: true },
    'Assign/a/b[0]',
    `${of("$sum('x')", 'Assign/a/b[0]')}threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"`,
  ],
  [
    'a function that AWS took away',
    { Type: 'Pass', Output: "{% $eval('1') %}", End: true },
    'Output',
    `${of("$eval('1')", 'Output')}threw an error during evaluation. T1006: Attempted to invoke a non-function`,
  ],
  [
    'an error that it throws itself',
    { Type: 'Pass', Output: "{% $error('no') %}", End: true },
    'Output',
    `${of("$error('no')", 'Output')}threw an error during evaluation. D3137: no`,
  ],
])('fails %s', async (_name, state, location, cause) => {
  const cloud = startCloud();

  const executionArn = await startMachine(cloud, machine({ S: state }));

  expect(await outcomeOf(cloud, executionArn)).toEqual({
    status: 'FAILED',
    error: 'States.QueryEvaluationError',
    cause,
  });
  const failed = (await eventsOf(cloud, executionArn)).find(({ type }) => type === 'EvaluationFailed');
  expect(failed?.evaluationFailedEventDetails).toEqual({
    error: 'States.QueryEvaluationError',
    cause,
    location,
    state: 'S',
  });
});

test.each([
  ['a number', 3],
  ['a text', 'three'],
  ['nothing', null],
  ['an object', { a: 1 }],
])('fails a Map over an input that is %s', async (_name, input) => {
  const cloud = startCloud();
  const ItemProcessor = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

  expect(
    await runMachine(cloud, machine({ S: { Type: 'Map', ItemProcessor, End: true } }), input),
  ).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: `${BEGINS}Map state input must be an array but was: ${JSON.stringify(input)}`,
  });
});

test('retries and catches a failed evaluation by its name, and States.TaskFailed', async () => {
  const cloud = startCloud();
  const broken = { ...TASK, Arguments: '{% $nothing %}' };
  const caught = { Type: 'Pass', Output: 'caught', End: true };
  const Retry = [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1, IntervalSeconds: 1 }];
  const Catch = [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }];
  const executionArn = await startMachine(cloud, machine({ S: { ...broken, Retry, Catch }, Caught: caught }));

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(1_000);

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: 'caught' });
  const failed = (await eventsOf(cloud, executionArn)).filter(({ type }) => type === 'EvaluationFailed');
  expect(failed).toHaveLength(2);
});
