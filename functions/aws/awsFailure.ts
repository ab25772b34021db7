// AWS says in several ways that a call may be tried again. These are their names in the SDK's errors.

const THROTTLING = new Set([
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'TooManyRequestsException',
  'TooManyRequests',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'BandwidthLimitExceeded',
  'ExecutionLimitExceeded',
  'SlowDown',
]);

const UNANSWERED = new Set([
  'TimeoutError',
  'AbortError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ConditionalRequestConflict',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ServiceUnavailable',
]);

type Failure = { readonly name?: unknown; readonly code?: unknown; readonly status: unknown };

function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { status: null };
  const { name, code, $metadata } = { name: '', code: '', $metadata: {}, ...error };
  const ownName = error instanceof Error ? error.name : name;
  return { name: ownName, code, status: { httpStatusCode: 0, ...$metadata }.httpStatusCode };
}

export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

export function isThrottling(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return status === 429 || (typeof name === 'string' && THROTTLING.has(name));
}

/** AWS was busy, failed or did not answer: the same call may work in a moment. */
export function isTransient(error: unknown): boolean {
  const { name, code, status } = failureOf(error);
  const isUnanswered = [name, code].some((word) => typeof word === 'string' && UNANSWERED.has(word));
  return isThrottling(error) || isUnanswered || (typeof status === 'number' && status >= 500);
}

/** In the minute of a deployment, a function may have its new code before its new permission. */
export const isDenied = (error: unknown): boolean => isNamed(error, 'AccessDenied', 'AccessDeniedException');
