import { isTooLarge } from '../../dataSize.ts';

/** Why a state failed. An absent error or cause is left out of events. */
export type Failure = {
  readonly error?: string;
  readonly cause?: string;
  /** A timeout has no cause, but a catcher sees an empty one. */
  readonly kind: 'error' | 'timeout' | 'heartbeat' | 'runtime';
};

export const TIMEOUT: Failure = { error: 'States.Timeout', kind: 'timeout' };
export const HEARTBEAT_TIMEOUT: Failure = { error: 'States.Timeout', kind: 'heartbeat' };

/** States.Runtime: nothing catches it. */
export function runtimeFailure(cause: string): Failure {
  return { error: 'States.Runtime', cause, kind: 'runtime' };
}

export function dataLimitExceeded(subject: string): Failure {
  const limit = 'returned a result with a size exceeding the maximum number of bytes service limit.';
  return { error: 'States.DataLimitExceeded', cause: `The state/task '${subject}' ${limit}`, kind: 'error' };
}

/** What `$states.errorOutput` is, and the output of a catcher without one. */
export function errorOutput(failure: Failure): {
  readonly Error: string | null;
  readonly Cause: string | null;
} {
  const isTimeout = failure.kind === 'timeout' || failure.kind === 'heartbeat';
  return { Error: failure.error ?? null, Cause: failure.cause ?? (isTimeout ? '' : null) };
}

/** Whether a name in `ErrorEquals` means this failure. */
export function matchesError(name: string, failure: Failure): boolean {
  if (failure.kind === 'runtime') return false;
  if (name === 'States.ALL') return true;
  if (name === 'States.HeartbeatTimeout') return failure.kind === 'heartbeat' || failure.error === name;
  if (name === 'States.TaskFailed') return failure.error !== 'States.Timeout';
  return name === failure.error;
}

/** Ends the running of a state; thrown while it is evaluated. */
export class StateFailed extends Error {
  readonly type = 'StateFailed';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.cause ?? failure.error ?? 'failed');
    this.failure = failure;
  }
}

/** Fails a state whose input, arguments, result or output is more than Step Functions carries. */
export function checkSize(state: string, text: string): void {
  if (isTooLarge(text)) throw new StateFailed(dataLimitExceeded(state));
}
