import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { STEP_HANDLERS } from '../../../infra/handlers.ts';
import { recordOf } from '../../../infra/recordOf.ts';
import { parseSettings } from '../../../infra/settings.ts';
import { defineWorkflow } from '../../../infra/workflow/defineWorkflow.ts';
import { parseStates } from '../../../infra/checks/parseStates.ts';
import { pathsOf } from '../../../infra/checks/pathsOf.ts';

const workflowWith = (deadlineHours: number, reminderHours: number) =>
  defineWorkflow({
    partition: 'aws',
    functionArns: recordOf(STEP_HANDLERS, (handler) => `arn:${handler}`),
    settings: parseSettings({ deadlineHours, reminderHours }, 0),
  });
const workflow = workflowWith(72, 24);
const states = Object.entries(workflow.States);

describe('the ways of an order', () => {
  const paths = pathsOf(workflow.StartAt, parseStates(JSON.stringify(workflow)).states);
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

describe('what is tried again', () => {
  const retriersOf = (name: keyof typeof workflow.States) => workflow.States[name].Retry;
  const retryOn = (name: keyof typeof workflow.States, error: string) =>
    retriersOf(name).find(({ ErrorEquals }) => ErrorEquals.includes(error));
  const STATES = Object.keys(workflow.States) as (keyof typeof workflow.States)[];

  test.each([
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'Runtime.ExitError',
    'Runtime.OutOfMemory',
    'Runtime.UnhandledPromiseRejection',
    'ServiceUnavailable',
  ])('%s, by every state: no lost function decides an order', (error) => {
    for (const name of STATES)
      expect(retryOn(name, error)).toMatchObject({ MaxAttempts: 8, BackoffRate: 2, JitterStrategy: 'FULL' });
  });

  test.each(STATES)('throttling, by %s, 30 times and up to 300 s apart', (name) => {
    expect(retryOn(name, 'Lambda.TooManyRequestsException')).toMatchObject({
      ErrorEquals: ['Lambda.TooManyRequestsException'],
      MaxAttempts: 30,
      MaxDelaySeconds: 300,
      JitterStrategy: 'FULL',
    });
  });

  test.each(STATES.filter((name) => name !== 'WaitForConfirmation'))(
    'an invocation that nobody answers, by %s',
    (name) => {
      expect(retryOn(name, 'States.Timeout')).toMatchObject({ MaxAttempts: 8 });
      expect(workflow.States[name].TimeoutSeconds).toBe(60);
    },
  );

  test('in the wait, States.Timeout is the reminder and nothing else', () => {
    expect(retryOn('WaitForConfirmation', 'States.Timeout')).toEqual({
      ErrorEquals: ['States.Timeout'],
      IntervalSeconds: 1,
      MaxAttempts: 2,
      BackoffRate: 1,
    });
  });

  test.each(STATES)('never everything, by %s: a retried rejection would be undone', (name) => {
    const errors = retriersOf(name).flatMap(({ ErrorEquals }) => ErrorEquals);

    expect(errors).not.toContain('States.ALL');
    expect(errors).not.toContain('States.TaskFailed');
    expect(errors.filter((error) => error.startsWith('Order'))).toEqual([]);
  });

  test('own work, three times with growing waits; WorkRefused never', () => {
    const withWork = STATES.filter((name) => retryOn(name, 'WorkFailed') !== undefined);

    expect(withWork).toEqual(['ProcessOrder', 'CompleteOrder']);
    expect(retryOn('CompleteOrder', 'WorkFailed')).toMatchObject({ MaxAttempts: 3, BackoffRate: 2 });
    expect(STATES.flatMap(retriersOf).flatMap(({ ErrorEquals }) => ErrorEquals)).not.toContain('WorkRefused');
  });

  test.each([
    [0, undefined],
    [7, 7],
  ])('own work as often as the setting says: %i', (workRetries, attempts) => {
    const { States } = defineWorkflow({
      partition: 'aws',
      functionArns: recordOf(STEP_HANDLERS, (handler) => `arn:${handler}`),
      settings: parseSettings({ workRetries }, 0),
    });
    const retrier = States.ProcessOrder.Retry.find(({ ErrorEquals }) => ErrorEquals.includes('WorkFailed'));

    expect(retrier?.MaxAttempts).toBe(attempts);
  });

  test('a wait that ended early, until a whole interval is over', () => {
    const { MaxAttempts, MaxDelaySeconds = 0 } = retryOn('ExpireOrder', 'DeadlineAhead') ?? {
      MaxAttempts: 0,
    };

    expect(MaxAttempts * MaxDelaySeconds).toBeGreaterThan(86_400);
  });
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

  const STATE = { EnteredTime: '2026-01-01T00:00:00.000Z' };
  const EXECUTION = { Input: { orderId: 'order-1', at: '2025-12-31T23:59:59.000Z' } };
  const attemptIn = (context: object) =>
    evaluate(workflow.States.WaitForConfirmation.Arguments.Payload, { input, context });

  test('is for the waiting function its token, its attempt, and when the wait began and ends', async () => {
    const context = {
      Task: { Token: 'token' },
      Execution: { ...EXECUTION, RedriveCount: 1 },
      State: { ...STATE, RetryCount: 2 },
    };

    expect(await attemptIn(context)).toEqual({
      orderId: 'order-1',
      at: '2025-12-31T23:59:59.000Z',
      taskToken: 'token',
      redriveCount: 1,
      retryCount: 2,
      enteredAt: '2026-01-01T00:00:00.000Z',
      deadlineSeconds: 259_200,
      reminderSeconds: 86_400,
    });
  });

  test('counts from 0 where an engine leaves the counts out, and says no time that the input does not', async () => {
    const context = { Task: { Token: 'token' }, Execution: { Input: { orderId: 'order-1' } }, State: STATE };

    expect(await attemptIn(context)).toMatchObject({ at: null, redriveCount: 0, retryCount: 0 });
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
