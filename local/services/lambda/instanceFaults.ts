import type { ErrorDocument } from './worker/protocol.ts';

/** Why an instance ended, in the words of its invoker's error. */
export type Fault = {
  readonly status: 'error' | 'timeout';
  readonly describe: (requestId: string) => ErrorDocument;
};

/** The type of the error of a runtime that ended. */
export const EXIT = 'Runtime.ExitError';

/** The reason of an exit for want of memory. */
export const KILLED = 'signal: killed';

export function timedOut(timeoutSeconds: number): Fault {
  return {
    status: 'timeout',
    describe: (requestId) => ({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    }),
  };
}

/** `reason` as Lambda says it: `exit status 1`, `signal: killed`; null for an exit with 0. */
export function exited(reason: string | null): Fault {
  const message =
    reason === null ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`;
  return {
    status: 'error',
    describe: (requestId) => ({
      errorType: EXIT,
      errorMessage: `RequestId: ${requestId} Error: ${message}`,
    }),
  };
}

export function notLoaded(error: ErrorDocument): Fault {
  return { status: 'error', describe: () => error };
}

/** What became of one invocation. */
export type Outcome = {
  /** JSON text: the answer, or the error document. */
  readonly payload: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly milliseconds: number;
  readonly usedBytes: number;
  /** How the runtime ended before it could answer; null when it did answer, or was too late. */
  readonly exit: string | null;
};
