import type { Settings } from '../settings.ts';
import type { Catcher, Retrier, StateName } from './states.ts';

/** What goes from state to state. */
export const ORDER = { orderId: '{% $states.input.orderId %}' };

const BACKOFF = { BackoffRate: 2, JitterStrategy: 'FULL' } as const;

/** What Lambda, or AWS behind a step, reports of a failure that is not the step's: a retry is safe, because every step may run twice. */
const LOST = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  // A timeout, a crash and a lost sandbox of a function; the names are those of Lambda's own error types.
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'Runtime.UnhandledPromiseRejection', // of a promise that own work has left behind
  'ServiceUnavailable', // a step says it of S3 and Step Functions
];

const retryOf = (...ErrorEquals: readonly string[]): Retrier => ({
  ...BACKOFF,
  ErrorEquals,
  IntervalSeconds: 1,
  MaxAttempts: 8,
  MaxDelaySeconds: 60,
});

/** A burst in an account with little concurrency lasts for minutes, so it has a count of its own. */
const THROTTLED: Retrier = {
  ...BACKOFF,
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  IntervalSeconds: 1,
  MaxAttempts: 30,
  MaxDelaySeconds: 300,
};

/** For a step. An invocation without an answer is lost as well. */
export const RETRY_STEP: readonly Retrier[] = [retryOf(...LOST, 'States.Timeout'), THROTTLED];

/** For the wait, where States.Timeout is the reminder. Its other errors are never retried: a retried rejection would be undone. */
export const RETRY_WAIT: readonly Retrier[] = [retryOf(...LOST), THROTTLED];

/** For a step with own work in it. */
export const retryWork = ({ workRetries }: Settings): readonly Retrier[] =>
  workRetries === 0
    ? []
    : [
        {
          ...BACKOFF,
          ErrorEquals: ['WorkFailed'],
          IntervalSeconds: 2,
          MaxAttempts: workRetries,
          MaxDelaySeconds: 300,
        },
      ];

const MAX_AHEAD_ATTEMPTS = 120;

/** The wait's last timeout came before the deadline: by a clock that differs, or by an interval of an engine that counts otherwise. */
export const retryAhead = ({ reminderSeconds }: Settings): Retrier => ({
  ErrorEquals: ['DeadlineAhead'],
  IntervalSeconds: 1,
  MaxAttempts: MAX_AHEAD_ATTEMPTS,
  BackoffRate: 2,
  MaxDelaySeconds: Math.max(2, Math.ceil((2 * reminderSeconds) / MAX_AHEAD_ATTEMPTS)),
});

export function goTo(Next: StateName, ...ErrorEquals: readonly string[]): Catcher {
  return { ErrorEquals, Output: ORDER, Next };
}

/** JSONata leaves a member out that has no value, so an error without a cause gets through as well. */
export function elseFail(): Catcher {
  return {
    ErrorEquals: ['States.ALL'],
    Output:
      "{% {'orderId': $states.input.orderId, 'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause} %}",
    Next: 'FailOrder',
  };
}
