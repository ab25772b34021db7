import type { Settings } from '../settings.ts';
import { elseFail, goTo, ORDER, SERVICE_ERRORS } from './errorHandling.ts';
import type { Retrier, TaskState } from './states.ts';

export type WaitProps = {
  readonly partition: string;
  readonly functionArn: string;
  readonly settings: Settings;
};

/**
 * One attempt a reminder; the end of the last one is the end of the wait. The deadline that `storeTaskToken` promises is
 * one whole wait after the first pause. All attempts together take that long from the *start* of the first one, plus a
 * second between two attempts. So the order ends at its deadline or a second or two after it, unless the first attempt
 * needed more than those seconds until its pause: then ExpireOrder says DeadlineAhead, and is tried again until it is not.
 * An attempt that Lambda failed begins anew with its whole time, which only makes the wait longer.
 */
export function waitForConfirmation({ partition, functionArn, settings }: WaitProps): TaskState {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
    Arguments: {
      FunctionName: functionArn,
      Payload: {
        ...ORDER,
        taskToken: '{% $states.context.Task.Token %}',
        redriveCount: '{% $states.context.Execution.RedriveCount %}',
        retryCount: '{% $states.context.State.RetryCount %}',
      },
    },
    TimeoutSeconds: settings.reminderSeconds,
    Retry: [SERVICE_ERRORS, ...remind(settings)],
    Catch: [
      goTo('RejectOrder', 'OrderRejected'),
      goTo('CancelOrder', 'OrderCancelled'),
      // DeadlinePassed: an attempt that begins too late, because the clock jumped or the machine was down.
      goTo('ExpireOrder', 'States.Timeout', 'DeadlinePassed'),
      elseFail(),
    ],
    Output: ORDER,
    Next: 'CompleteOrder',
  };
}

function remind({ deadlineSeconds, reminderSeconds }: Settings): readonly Retrier[] {
  const reminders = deadlineSeconds / reminderSeconds - 1;
  if (reminders === 0) return [];
  // One second is the least that the language allows.
  return [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: reminders, BackoffRate: 1 }];
}
