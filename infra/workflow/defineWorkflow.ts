import type { StepHandler } from '../handlers.ts';
import type { Settings } from '../settings.ts';
import type { Catcher, Retrier, TaskState, Workflow } from './states.ts';

export type WorkflowProps = {
  readonly partition: string;
  readonly functionArns: Readonly<Record<StepHandler, string>>;
  readonly settings: Settings;
};

export type StateName =
  | 'ProcessOrder'
  | 'WaitForConfirmation'
  | 'CompleteOrder'
  | 'RejectOrder'
  | 'CancelOrder'
  | 'ExpireOrder'
  | 'FailOrder';

const STEP_TIMEOUT_SECONDS = 60; // a function is stopped after 10; this is for an invocation that nobody answers
const LARGEST_CLOCK_DIFFERENCE_SECONDS = 60;

const ORDER_ID = '{% $states.input.orderId %}';
const ORDER = { orderId: ORDER_ID };

/** Lambda itself failed, not the step. A step's own error is never retried: a retried rejection would be undone. */
const SERVICE_ERRORS: Retrier = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 8,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

const to = (Next: StateName, ...ErrorEquals: readonly string[]): Catcher => ({
  ErrorEquals,
  Output: ORDER,
  Next,
});

/** JSONata leaves a member out that has no value, so an error without a cause gets here as well. */
const ELSE_FAIL: Catcher = {
  ErrorEquals: ['States.ALL'],
  Output:
    "{% {'orderId': $states.input.orderId, 'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause} %}",
  Next: 'FailOrder',
};

/** The order's way as a Standard workflow: at most three states, without a Choice or a Pass, unless it fails or is decided while it expires. */
export function defineWorkflow(props: WorkflowProps): Workflow<StateName> {
  const step = (handler: StepHandler): Pick<TaskState, 'Type' | 'Resource' | 'Arguments'> => ({
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: props.functionArns[handler], Payload: ORDER },
  });
  const end = (handler: StepHandler, status: string): TaskState => ({
    ...step(handler),
    TimeoutSeconds: STEP_TIMEOUT_SECONDS,
    Retry: [SERVICE_ERRORS],
    Catch: [ELSE_FAIL],
    Output: { ...ORDER, status },
    End: true,
  });
  return {
    Comment: 'An order waits for its confirmation. The name of the execution is the id of the order.',
    QueryLanguage: 'JSONata',
    StartAt: 'ProcessOrder',
    States: {
      ProcessOrder: {
        ...step('steps/processOrder'),
        TimeoutSeconds: STEP_TIMEOUT_SECONDS,
        Retry: [SERVICE_ERRORS],
        Catch: [ELSE_FAIL],
        Output: ORDER,
        Next: 'WaitForConfirmation',
      },
      WaitForConfirmation: waitForConfirmation(props),
      CompleteOrder: end('steps/completeOrder', 'COMPLETED'),
      RejectOrder: end('steps/rejectOrder', 'REJECTED'),
      CancelOrder: end('steps/cancelOrder', 'CANCELLED'),
      ExpireOrder: { ...end('steps/expireOrder', 'EXPIRED'), ...EXPIRY },
      FailOrder: failOrder(props),
    },
  };
}

/**
 * One attempt a reminder; the last one's end is the end of the wait. The deadline that `storeTaskToken` promises is one
 * whole wait after the first pause. All attempts together take that long from the *start* of the first one, plus the
 * second between two attempts. So the order ends at its deadline or a second or two after it, unless the first attempt
 * took longer to pause than those seconds: then ExpireOrder says DeadlineAhead, and is tried again until the deadline.
 */
function waitForConfirmation({ partition, functionArns, settings }: WorkflowProps): TaskState {
  const reminders = settings.deadlineSeconds / settings.reminderSeconds - 1;
  const remind: Retrier = {
    ErrorEquals: ['States.Timeout'],
    IntervalSeconds: 1, // the least that the language allows
    MaxAttempts: reminders,
    BackoffRate: 1,
  };
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
    Arguments: {
      FunctionName: functionArns['steps/storeTaskToken'],
      Payload: {
        ...ORDER,
        taskToken: '{% $states.context.Task.Token %}',
        redriveCount: '{% $states.context.Execution.RedriveCount %}',
        retryCount: '{% $states.context.State.RetryCount %}',
      },
    },
    TimeoutSeconds: settings.reminderSeconds,
    Retry: reminders > 0 ? [SERVICE_ERRORS, remind] : [SERVICE_ERRORS],
    Catch: [
      to('RejectOrder', 'OrderRejected'),
      to('CancelOrder', 'OrderCancelled'),
      // DeadlinePassed: an attempt that begins too late, because the clock jumped or the machine was down.
      to('ExpireOrder', 'States.Timeout', 'DeadlinePassed'),
      ELSE_FAIL,
    ],
    Output: ORDER,
    Next: 'CompleteOrder',
  };
}

/** The order may have been decided in the last moment: then the decision that stands says where to go. */
const EXPIRY: Pick<TaskState, 'Retry' | 'Catch'> = {
  Retry: [
    SERVICE_ERRORS,
    {
      ErrorEquals: ['DeadlineAhead'],
      IntervalSeconds: 1,
      MaxAttempts: LARGEST_CLOCK_DIFFERENCE_SECONDS,
      BackoffRate: 1,
    },
  ],
  Catch: [
    to('CompleteOrder', 'OrderConfirmed'),
    to('RejectOrder', 'OrderRejected'),
    to('CancelOrder', 'OrderCancelled'),
    ELSE_FAIL,
  ],
};

/** Its function throws OrderFailed at the end: the execution fails, and the alarm sees it. */
function failOrder({ partition, functionArns }: WorkflowProps): TaskState {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArns['steps/failOrder'], Payload: '{% $states.input %}' },
    TimeoutSeconds: STEP_TIMEOUT_SECONDS,
    Retry: [SERVICE_ERRORS],
    Output: { ...ORDER, status: 'FAILED' },
    End: true,
  };
}
