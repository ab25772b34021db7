import type { Settings } from '../settings.ts';
import { elseFail, goTo, ORDER, RETRY_WAIT } from './errorHandling.ts';
import type { Retrier, TaskState } from './states.ts';

export type WaitProps = {
  readonly partition: string;
  readonly functionArn: string;
  readonly settings: Settings;
};

/** A field of the context that may be absent. */
const contextOr = (path: string, otherwise: string): string =>
  `{% $exists($states.context.${path}) ? $states.context.${path} : ${otherwise} %}`;

/**
 * One attempt for each reminder; the wait ends with the last one. The deadline counts from when the state was entered. Each
 * attempt has its whole interval, and a second lies between two of them, so the wait ends at its deadline or a second or two
 * after it. An attempt that failed in Lambda starts again with its whole interval, which only makes the wait longer. Deadline
 * and interval are in the payload: an execution keeps those with which it began, whatever is deployed later.
 */
export function waitForConfirmation({ partition, functionArn, settings }: WaitProps): TaskState {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
    Arguments: {
      FunctionName: functionArn,
      Payload: {
        ...ORDER,
        // The time of the request that stands. An execution that was started by hand may lack it.
        at: contextOr('Execution.Input.at', 'null'),
        taskToken: '{% $states.context.Task.Token %}',
        // AWS sets both, other engines may not: 0 before the first redrive and retry.
        redriveCount: contextOr('Execution.RedriveCount', '0'),
        retryCount: contextOr('State.RetryCount', '0'),
        enteredAt: '{% $states.context.State.EnteredTime %}',
        deadlineSeconds: settings.deadlineSeconds,
        reminderSeconds: settings.reminderSeconds,
      },
    },
    TimeoutSeconds: settings.reminderSeconds,
    Retry: [...RETRY_WAIT, ...remind(settings)],
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
  // One second is the shortest interval that the language allows.
  return [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: reminders, BackoffRate: 1 }];
}
