import type { StepHandler } from '../handlers.ts';
import type { Settings } from '../settings.ts';
import { DEADLINE_AHEAD, elseFail, goTo, ORDER, SERVICE_ERRORS } from './errorHandling.ts';
import type { TaskState, Workflow } from './states.ts';
import { waitForConfirmation } from './waitForConfirmation.ts';

export type WorkflowProps = {
  readonly partition: string;
  readonly functionArns: Readonly<Record<StepHandler, string>>;
  readonly settings: Settings;
};

const STEP_TIMEOUT_SECONDS = 60; // a function is stopped after 10; this is for an invocation that nobody answers

/**
 * The order's way as a Standard workflow: three states at most, without a Choice or a Pass. Only an order that fails, or
 * that somebody decides in the moment in which it expires, takes one more.
 */
export function defineWorkflow({ partition, functionArns, settings }: WorkflowProps): Workflow {
  const step = (handler: StepHandler, Payload: unknown = ORDER): Step => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArns[handler], Payload },
    TimeoutSeconds: STEP_TIMEOUT_SECONDS,
    Retry: [SERVICE_ERRORS],
  });
  const end = (handler: StepHandler, status: string): TaskState => ({
    ...step(handler),
    Catch: [elseFail()],
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
        Catch: [elseFail()],
        Output: ORDER,
        Next: 'WaitForConfirmation',
      },
      WaitForConfirmation: waitForConfirmation({
        partition,
        functionArn: functionArns['steps/storeTaskToken'],
        settings,
      }),
      CompleteOrder: end('steps/completeOrder', 'COMPLETED'),
      RejectOrder: end('steps/rejectOrder', 'REJECTED'),
      CancelOrder: end('steps/cancelOrder', 'CANCELLED'),
      ExpireOrder: { ...end('steps/expireOrder', 'EXPIRED'), ...EXPIRY },
      // Catches nothing: its function throws OrderFailed at the end, so that alarms see a failed execution.
      FailOrder: {
        ...step('steps/failOrder', '{% $states.input %}'),
        Output: { ...ORDER, status: 'FAILED' },
        End: true,
      },
    },
  };
}

type Step = Pick<TaskState, 'Type' | 'Resource' | 'Arguments' | 'TimeoutSeconds' | 'Retry'>;

/** The order may have been decided in the last moment: then the decision that stands says where to go. */
const EXPIRY: Pick<TaskState, 'Retry' | 'Catch'> = {
  Retry: [SERVICE_ERRORS, DEADLINE_AHEAD],
  Catch: [
    goTo('CompleteOrder', 'OrderConfirmed'),
    goTo('RejectOrder', 'OrderRejected'),
    goTo('CancelOrder', 'OrderCancelled'),
    elseFail(),
  ],
};
