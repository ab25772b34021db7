import type { Catcher, Retrier, StateName } from './states.ts';

/** What goes from state to state. */
export const ORDER = { orderId: '{% $states.input.orderId %}' };

/** Lambda or what the step needs of AWS failed, not the step. Its own errors are never retried: a retried rejection would be undone. */
export const SERVICE_ERRORS: Retrier = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'ServiceUnavailable', // a step says it of S3 and Step Functions
  ],
  IntervalSeconds: 1,
  MaxAttempts: 8,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

const CLOCK_DIFFERENCE_SECONDS = 60; // between Step Functions and Lambda: far more than was ever seen

/** The wait's last timeout came before the deadline. */
export const DEADLINE_AHEAD: Retrier = {
  ErrorEquals: ['DeadlineAhead'],
  IntervalSeconds: 1,
  MaxAttempts: CLOCK_DIFFERENCE_SECONDS,
  BackoffRate: 1,
};

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
