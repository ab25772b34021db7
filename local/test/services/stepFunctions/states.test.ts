import { expect, test } from 'vitest';
import { startCloud } from './support/cloud.ts';
import { eventsOf, outcomeOf, runMachine, shapeOf, startMachine } from './support/executions.ts';
import { INVOKE, machine } from './support/machines.ts';

const DAY = 86_400_000;

test('Pass hands on its input as it was written, or its Output', async () => {
  const cloud = startCloud();

  expect(await runMachine(cloud, machine({ P: { Type: 'Pass', End: true } }), { a: 1 })).toMatchObject({
    output: { a: 1 },
  });
  const Output = { doubled: '{% $states.input.a * 2 %}', list: [1, '{% $states.input.a %}'] };
  expect(
    await runMachine(cloud, machine({ P: { Type: 'Pass', Output, End: true } }), { a: 4 }),
  ).toMatchObject({
    output: { doubled: 8, list: [1, 4] },
  });
});

test('evaluates Assign and Output with the variables as they were', async () => {
  const cloud = startCloud();
  const definition = machine({
    First: { Type: 'Pass', Assign: { x: 1 }, Next: 'Second' },
    Second: { Type: 'Pass', Assign: { x: '{% $x + 1 %}' }, Output: '{% $x %}', Next: 'Third' },
    Third: { Type: 'Pass', Output: { before: '{% $states.input %}', now: '{% $x %}' }, End: true },
  });

  expect(await runMachine(cloud, definition)).toMatchObject({ output: { before: 1, now: 2 } });
});

test('shows the context object to expressions', async () => {
  const cloud = startCloud();
  cloud.lambda.add('echo', (payload) => payload);
  const Arguments = { FunctionName: 'echo', Payload: '{% $states.context %}' };
  const Output = '{% $states.result.Payload %}';
  const T = { Type: 'Task', Resource: INVOKE, Arguments, Output, End: true };

  const executionArn = await startMachine(cloud, machine({ T }), { id: 5 });

  const { output } = await outcomeOf(cloud, executionArn);
  expect(output).toEqual({
    Execution: {
      Id: executionArn,
      Input: { id: 5 },
      Name: executionArn.split(':').at(-1),
      RedriveCount: 0,
      RoleArn: 'arn:aws:iam::111111111111:role/sfn-role',
      StartTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
    StateMachine: { Id: expect.stringContaining(':stateMachine:'), Name: expect.any(String) },
    State: { Name: 'T', EnteredTime: expect.any(String), RetryCount: 0 },
  });
});

test('Choice takes the first rule that holds', async () => {
  const cloud = startCloud();
  const definition = machine({
    C: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input > 10 %}', Next: 'Big', Output: 'big' },
        { Condition: '{% $states.input > 5 %}', Next: 'Big', Output: 'middle' },
      ],
      Default: 'Big',
      Output: 'small',
    },
    Big: { Type: 'Pass', End: true },
  });

  expect(await runMachine(cloud, definition, 20)).toMatchObject({ output: 'big' });
  expect(await runMachine(cloud, definition, 7)).toMatchObject({ output: 'middle' });
  expect(await runMachine(cloud, definition, 1)).toMatchObject({ output: 'small' });
});

test('Choice without a match and without a default fails with States.Runtime', async () => {
  const cloud = startCloud();
  const definition = machine({
    C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'End' }] },
    End: { Type: 'Succeed' },
  });

  expect(await runMachine(cloud, definition)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause:
      "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
  });
});

test('Choice fails for a condition that is no boolean, and says which', async () => {
  const cloud = startCloud();
  const Choices = [
    { Condition: false, Next: 'End' },
    { Condition: '{% 1 %}', Next: 'End' },
  ];
  const definition = machine({ C: { Type: 'Choice', Choices, Default: 'End' }, End: { Type: 'Succeed' } });

  const executionArn = await startMachine(cloud, definition);

  expect((await eventsOf(cloud, executionArn))[2]).toMatchObject({
    type: 'EvaluationFailed',
    previousEventId: 0,
    evaluationFailedEventDetails: {
      error: 'States.QueryEvaluationError',
      location: 'Choices[1]/Condition',
      state: 'C',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). The JSONata expression '1' specified for the field 'Choices[1]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    },
  });
});

test('Wait waits for seconds, and for a moment', async () => {
  const cloud = startCloud();
  const moment = new Date(cloud.clock.now() + 3_000_000).toISOString();
  const seconds = await startMachine(
    cloud,
    machine({ W: { Type: 'Wait', Seconds: '{% 1000 + 2000 %}', End: true } }),
  );
  const until = await startMachine(cloud, machine({ W: { Type: 'Wait', Timestamp: moment, End: true } }));

  await cloud.advance(2_900_000);
  expect(await outcomeOf(cloud, seconds)).toMatchObject({ status: 'RUNNING' });
  expect(await outcomeOf(cloud, until)).toMatchObject({ status: 'RUNNING' });
  await cloud.advance(100_000);

  expect(await outcomeOf(cloud, seconds)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await outcomeOf(cloud, until)).toMatchObject({ status: 'SUCCEEDED' });
});

test('Wait ends at once for a moment that has passed, and fails for one beyond 24,855 days', async () => {
  const cloud = startCloud();
  const wait = (milliseconds: number) => {
    const Timestamp = new Date(cloud.clock.now() + milliseconds).toISOString();
    return machine({ W: { Type: 'Wait', Timestamp, End: true } });
  };

  expect(await runMachine(cloud, wait(-DAY))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await runMachine(cloud, wait(24_855 * DAY))).toMatchObject({ status: 'RUNNING' });
  expect(await runMachine(cloud, wait(24_856 * DAY))).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'Wait state delay is too long.',
  });
});

test('Succeed ends with its Output and Fail with what it says', async () => {
  const cloud = startCloud();
  const Fail = { Type: 'Fail', Error: "{% 'E' & $states.input %}", Cause: 'because' };

  expect(await runMachine(cloud, machine({ S: { Type: 'Succeed', Output: 'done' } }))).toMatchObject({
    status: 'SUCCEEDED',
    output: 'done',
  });
  expect(await runMachine(cloud, machine({ Fail }), 1)).toMatchObject({
    status: 'FAILED',
    error: 'E1',
    cause: 'because',
  });
});

test('a Lambda by its ARN gets the Arguments and gives the result', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', (payload) => `{"got": ${payload}}`);
  const Resource = 'arn:aws:lambda:us-east-1:111111111111:function:f';
  const T = {
    Type: 'Task',
    Resource,
    Arguments: { n: '{% $states.input.n + 1 %}' },
    TimeoutSeconds: 9,
    End: true,
  };

  const executionArn = await startMachine(cloud, machine({ T }), { n: 1 });

  expect(await outcomeOf(cloud, executionArn)).toMatchObject({ output: { got: { n: 2 } } });
  const events = await eventsOf(cloud, executionArn);
  expect(events[2]?.['lambdaFunctionScheduledEventDetails']).toEqual({
    input: '{"n":2}',
    inputDetails: { truncated: false },
    resource: Resource,
    timeoutInSeconds: 9,
  });
  expect(events[3]).toMatchObject({ type: 'LambdaFunctionStarted', previousEventId: 3 });
});

test('lambda:invoke sends an absent or null Payload as {} and a text as it is', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', (payload) => payload);
  const invoke = (fields: object) => {
    const Arguments = { FunctionName: 'f', ...fields };
    const Output = '{% $states.result.Payload %}';
    return machine({ T: { Type: 'Task', Resource: INVOKE, Arguments, Output, End: true } });
  };

  expect(await runMachine(cloud, invoke({}))).toMatchObject({ output: {} });
  expect(await runMachine(cloud, invoke({ Payload: null }))).toMatchObject({ output: {} });
  expect(await runMachine(cloud, invoke({ Payload: '0' }))).toMatchObject({ output: 0 });
  expect(await runMachine(cloud, invoke({ Payload: 'text' }))).toMatchObject({
    error: 'Lambda.InvalidRequestContentException',
  });
});

test('a function that does not exist fails the task as on AWS', async () => {
  const cloud = startCloud();
  const Arguments = { FunctionName: 'nobody' };

  const { error, cause } = await runMachine(
    cloud,
    machine({ T: { Type: 'Task', Resource: INVOKE, Arguments, End: true } }),
  );

  expect(error).toBe('Lambda.ResourceNotFoundException');
  expect(cause).toMatch(
    /^Function not found: arn:aws:lambda:us-east-1:111111111111:function:nobody \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
  );
});

test('the whole execution times out at its start plus TimeoutSeconds, and Describe shows no error', async () => {
  const cloud = startCloud();
  const executionArn = await startMachine(
    cloud,
    machine({ W: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 5 }),
  );

  await cloud.advance(30_000);

  const described = await cloud.sfn.describeExecution({ executionArn });
  expect(described).toMatchObject({ status: 'TIMED_OUT', redriveStatus: 'REDRIVABLE' });
  expect(Number(described.stopDate) - Number(described.startDate)).toBe(5000);
  expect(described).not.toHaveProperty('error');
  expect((await eventsOf(cloud, executionArn)).at(-1)).toMatchObject({
    type: 'ExecutionTimedOut',
    executionTimedOutEventDetails: { error: 'States.Timeout' },
  });
});

test('an expression that gives nothing, a function or an error fails the state', async () => {
  const cloud = startCloud();
  const output = (Output: unknown) => machine({ P: { Type: 'Pass', Output, End: true } });
  const prefix =
    "An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression";

  expect(await runMachine(cloud, output({ a: ['{% $nothing %}'] }))).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: `${prefix} '$nothing' specified for the field 'Output/a[0]' returned nothing (undefined).`,
  });
  expect(await runMachine(cloud, output('{% function($x) { $x } %}'))).toMatchObject({
    cause: `${prefix} 'function($x) { $x }' specified for the field 'Output' returned an unsupported result type.`,
  });
  expect(await runMachine(cloud, output("{% 1 + 'a' %}"))).toMatchObject({
    cause: `${prefix} '1 + 'a'' specified for the field 'Output' threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number`,
  });
});

test('follows the events of a Task whose Output fails', async () => {
  const cloud = startCloud();
  cloud.lambda.add('f', () => '1');
  const Arguments = { FunctionName: 'f' };
  const T = { Type: 'Task', Resource: INVOKE, Arguments, Output: '{% $nothing %}', End: true };

  expect((await shapeOf(cloud, await startMachine(cloud, machine({ T })))).slice(-3)).toEqual([
    '5<-4 TaskSucceeded',
    '6<-5 EvaluationFailed',
    '7<-6 ExecutionFailed',
  ]);
});

test('says nothing of assigned variables when none was assigned', async () => {
  const cloud = startCloud();
  const executionArn = await startMachine(cloud, machine({ P: { Type: 'Pass', Assign: {}, End: true } }));

  expect((await eventsOf(cloud, executionArn))[2]?.['stateExitedEventDetails']).toEqual({
    name: 'P',
    output: '{}',
    outputDetails: { truncated: false },
  });
});
