import type { StepHandler } from '../handlers.ts';
import type { Settings } from '../settings.ts';
import { elseFail, goTo, ORDER, RETRY_STEP, retryAhead, retryWork } from './errorHandling.ts';
import type { Catcher, TaskState, Workflow } from './states.ts';
import { waitForConfirmation } from './waitForConfirmation.ts';

export type WorkflowProps = {
  readonly partition: string;
  readonly functionArns: Readonly<Record<StepHandler, string>>;
  readonly settings: Settings;
};

const SPARE_SECONDS = 30; // Lambda ends a function that takes too long; this is for an invocation that is never answered

/**
 * The order as a Standard workflow: three states at most, without a Choice or a Pass. An order that fails takes one more,
 * and so does one that is decided at the moment in which it expires.
 */
export function defineWorkflow({ partition, functionArns, settings }: WorkflowProps): Workflow {
  const step = (handler: StepHandler, Payload: unknown = ORDER): Step => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArns[handler], Payload },
    TimeoutSeconds: settings.workTimeoutSeconds + SPARE_SECONDS,
    Retry: RETRY_STEP,
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
        Retry: [...RETRY_STEP, ...retryWork(settings)],
        Catch: [elseFail()],
        Output: ORDER,
        Next: 'WaitForConfirmation',
      },
      WaitForConfirmation: waitForConfirmation({
        partition,
        functionArn: functionArns['steps/storeTaskToken'],
        settings,
      }),
      CompleteOrder: {
        ...end('steps/completeOrder', 'COMPLETED'),
        Retry: [...RETRY_STEP, ...retryWork(settings)],
      },
      RejectOrder: end('steps/rejectOrder', 'REJECTED'),
      CancelOrder: end('steps/cancelOrder', 'CANCELLED'),
      ExpireOrder: {
        ...step('steps/expireOrder', { ...ORDER, reminderSeconds: settings.reminderSeconds }),
        Retry: [...RETRY_STEP, retryAhead(settings)],
        Catch: DECIDED_AFTER_ALL,
        Output: { ...ORDER, status: 'EXPIRED' },
        End: true,
      },
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

/** An order may have been decided at the last moment: that decision then says which state follows. */
const DECIDED_AFTER_ALL: readonly Catcher[] = [
  goTo('CompleteOrder', 'OrderConfirmed'),
  goTo('RejectOrder', 'OrderRejected'),
  goTo('CancelOrder', 'OrderCancelled'),
  elseFail(),
];
