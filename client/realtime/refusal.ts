import { Throttled, Unauthorized, type AnyClientError } from '../errors.ts';
import { fieldsOf, parseError } from '../parseError.ts';
import type { Frame } from './createSocket.ts';

/** Why the service refused, and whether and where it is worth trying again. */
export type Refusal = {
  readonly error: AnyClientError;
  readonly next: 'again' | 'elsewhere' | 'never';
};

export function refusalOfConnection({ payload }: Frame): Refusal {
  const reason = firstError(payload);
  const error = parseError(reason);
  const isFinal = error instanceof Unauthorized || reason['errorCode'] === 400;
  return { error, next: isFinal ? 'never' : 'again' };
}

export function refusalOfSubscription({ payload }: Frame): Refusal {
  const reason = firstError(payload);
  const error = parseError(reason);
  if (reason['errorType'] === 'MaxSubscriptionsReachedError') return { error, next: 'elsewhere' };
  return { error, next: error instanceof Throttled || error.retryable ? 'again' : 'never' };
}

/** AppSync sends a list, and for one error an object. */
function firstError({ errors }: Frame['payload']): Readonly<Record<string, unknown>> {
  return fieldsOf(Array.isArray(errors) ? errors[0] : errors);
}
