import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { STEP_HANDLERS } from '../../../infra/handlers.ts';
import { recordOf } from '../../../infra/recordOf.ts';
import { parseSettings } from '../../../infra/settings.ts';
import { defineWorkflow } from '../../../infra/workflow/defineWorkflow.ts';
import { pathsOf } from '../support/pathsOf.ts';

const workflowWith = (deadlineHours: number, reminderHours: number) =>
  defineWorkflow({
    partition: 'aws',
    functionArns: recordOf(STEP_HANDLERS, (handler) => `arn:${handler}`),
    settings: parseSettings({ deadlineHours, reminderHours }, 0),
  });
const workflow = workflowWith(72, 24);
const states = Object.entries(workflow.States);

describe('the ways of an order', () => {
  const paths = pathsOf(workflow);
  const waysOf = (...errors: readonly string[]) =>
    paths.filter((path) => path.errors.join() === errors.join()).map((path) => path.states.join(' -> '));

  test.each([
    [[], 'ProcessOrder -> WaitForConfirmation -> CompleteOrder'],
    [['OrderRejected'], 'ProcessOrder -> WaitForConfirmation -> RejectOrder'],
    [['OrderCancelled'], 'ProcessOrder -> WaitForConfirmation -> CancelOrder'],
    [['States.Timeout'], 'ProcessOrder -> WaitForConfirmation -> ExpireOrder'],
    [['DeadlinePassed'], 'ProcessOrder -> WaitForConfirmation -> ExpireOrder'],
    [
      ['States.Timeout', 'OrderConfirmed'],
      'ProcessOrder -> WaitForConfirmation -> ExpireOrder -> CompleteOrder',
    ],
    [
      ['States.Timeout', 'OrderRejected'],
      'ProcessOrder -> WaitForConfirmation -> ExpireOrder -> RejectOrder',
    ],
    [
      ['States.Timeout', 'OrderCancelled'],
      'ProcessOrder -> WaitForConfirmation -> ExpireOrder -> CancelOrder',
    ],
  ])('%j: %s', (errors, way) => {
    expect(waysOf(...errors)).toEqual([way]);
  });

  test('take three transitions at most, unless the order fails or is decided while it expires', () => {
    const usual = paths.filter(({ states, errors }) => !states.includes('FailOrder') && errors.length <= 1);

    expect(usual).toHaveLength(5);
    expect(Math.max(...usual.map(({ states }) => states.length))).toBe(3);
  });

  test('lead to FailOrder from every state, which is the only one that catches nothing', () => {
    const catchAll = states.filter(([, { Catch }]) =>
      Catch?.some(({ ErrorEquals, Next }) => ErrorEquals.join() === 'States.ALL' && Next === 'FailOrder'),
    );

    expect(catchAll.map(([name]) => name)).toEqual([
      'ProcessOrder',
      'WaitForConfirmation',
      'CompleteOrder',
      'RejectOrder',
      'CancelOrder',
      'ExpireOrder',
    ]);
    expect(workflow.States.FailOrder).not.toHaveProperty('Catch');
  });

  test('reach every state', () => {
    expect(new Set(paths.flatMap((path) => path.states))).toEqual(new Set(states.map(([name]) => name)));
  });
});

test('each state runs the function of its name, and the wait runs storeTaskToken', () => {
  const functions = states.map(([name, state]) => [name, state.Arguments.FunctionName]);

  expect(Object.fromEntries(functions)).toEqual({
    ProcessOrder: 'arn:steps/processOrder',
    WaitForConfirmation: 'arn:steps/storeTaskToken',
    CompleteOrder: 'arn:steps/completeOrder',
    RejectOrder: 'arn:steps/rejectOrder',
    CancelOrder: 'arn:steps/cancelOrder',
    ExpireOrder: 'arn:steps/expireOrder',
    FailOrder: 'arn:steps/failOrder',
  });
});

test('every state is a Task in JSONata that ends by itself; the machine has no timeout, which nothing could catch', () => {
  expect(workflow).not.toHaveProperty('TimeoutSeconds');
  expect(workflow.QueryLanguage).toBe('JSONata');
  for (const [, state] of states) {
    expect(state.Type).toBe('Task');
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
  }
});

test('only the services are tried again, with jitter, and what waits for its time', () => {
  const retried = states.flatMap(([, { Retry }]) => Retry.flatMap(({ ErrorEquals }) => ErrorEquals));

  expect(new Set(retried)).toEqual(
    new Set([
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
      'ServiceUnavailable',
      'States.Timeout',
      'DeadlineAhead',
    ]),
  );
  for (const [, { Retry }] of states) expect(Retry[0]).toMatchObject({ JitterStrategy: 'FULL' });
});

test.each([
  [72, 24, 86_400, 2],
  [2, 1, 3600, 1],
  [1, 1, 3600, 0],
])(
  'a deadline of %i h with a reminder every %i h is %i s for each attempt and %i more attempts',
  (deadline, reminder, seconds, more) => {
    const { TimeoutSeconds, Retry } = workflowWith(deadline, reminder).States.WaitForConfirmation;
    const attempts = Retry.filter(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'));

    expect(TimeoutSeconds).toBe(seconds);
    expect(attempts.map(({ MaxAttempts }) => MaxAttempts)).toEqual(more === 0 ? [] : [more]);
  },
);

describe('what goes from state to state', () => {
  const evaluate = async (value: unknown, given: object): Promise<unknown> => {
    if (typeof value === 'string' && value.startsWith('{%')) {
      return jsonata(value.slice(2, -2)).evaluate({}, { states: given });
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(async ([name, inner]) => [name, await evaluate(inner, given)]);
    return Object.fromEntries(await Promise.all(entries));
  };
  const input = { orderId: 'order-1' };

  test('is the order, and at the end its status', async () => {
    const outputs = states.map(async ([name, { Output }]) => [name, await evaluate(Output, { input })]);

    expect(Object.fromEntries(await Promise.all(outputs))).toEqual({
      ProcessOrder: { orderId: 'order-1' },
      WaitForConfirmation: { orderId: 'order-1' },
      CompleteOrder: { orderId: 'order-1', status: 'COMPLETED' },
      RejectOrder: { orderId: 'order-1', status: 'REJECTED' },
      CancelOrder: { orderId: 'order-1', status: 'CANCELLED' },
      ExpireOrder: { orderId: 'order-1', status: 'EXPIRED' },
      FailOrder: { orderId: 'order-1', status: 'FAILED' },
    });
  });

  test('is for the waiting function its token and its attempt', async () => {
    const context = { Task: { Token: 'token' }, Execution: { RedriveCount: 0 }, State: { RetryCount: 2 } };
    const { Arguments } = workflow.States.WaitForConfirmation;

    expect(await evaluate(Arguments.Payload, { input, context })).toEqual({
      orderId: 'order-1',
      taskToken: 'token',
      redriveCount: 0,
      retryCount: 2,
    });
  });

  test.each([
    [
      { Error: 'Boom', Cause: 'why' },
      { orderId: 'order-1', error: 'Boom', cause: 'why' },
    ],
    [
      { Error: null, Cause: null },
      { orderId: 'order-1', error: null, cause: null },
    ],
    [{ Error: 'Boom' }, { orderId: 'order-1', error: 'Boom' }],
  ])('is for FailOrder the error %j', async (errorOutput, expected) => {
    const [last] = (workflow.States.CompleteOrder.Catch ?? []).slice(-1);

    expect(await evaluate(last?.Output, { input, errorOutput })).toEqual(expected);
  });
});
