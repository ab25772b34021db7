import type { Fault, FaultKind, Faults } from './faults.ts';

/** How the part of the cloud that passes a point makes each kind happen. */
export type FaultAnswers<T> = {
  readonly error: () => T;
  readonly throttle: () => T;
  /** The caller hears nothing: the connection is cut. */
  readonly silence: () => T;
};

/** Passes the fault point: runs the action, unless a test has armed a fault that says otherwise. */
export async function withFault<T>(
  { faults, point }: { faults: Faults; point: string },
  action: () => Promise<T> | T,
  answers: FaultAnswers<T>,
): Promise<T> {
  const fault = faults.take(point);
  return fault === null ? action() : FAULTS[fault.kind](fault, action, answers);
}

type RunFault = <T>(fault: Fault, action: () => Promise<T> | T, answers: FaultAnswers<T>) => Promise<T>;

const FAULTS: Readonly<Record<FaultKind, RunFault>> = {
  error: async (_fault, _action, answers) => answers.error(),
  throttle: async (_fault, _action, answers) => answers.throttle(),
  'lost-response': async (_fault, action, answers) => {
    await action();
    return answers.silence();
  },
  delay: async ({ milliseconds }, action) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return action();
  },
  duplicate: async (_fault, action) => {
    await action();
    return action();
  },
  kill: async () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
};
