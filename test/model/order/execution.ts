import type { DecisionKind } from '../../../schema.generated.ts';
import { groupOf, type Memory } from '../checker/memory.ts';
import type { Outcome } from './process.ts';
import type { Rules } from './rules.ts';

/** The states of infra/workflow, and how an execution ends. */
export const STATE_NAMES = [
  null,
  'ProcessOrder',
  'WaitForConfirmation',
  'CompleteOrder',
  'RejectOrder',
  'CancelOrder',
  'ExpireOrder',
  'FailOrder',
  'SUCCEEDED',
  'FAILED',
  'ABORTED',
] as const;
const WAIT = STATE_NAMES.indexOf('WaitForConfirmation');
export type StateName = NonNullable<(typeof STATE_NAMES)[number]>;

const executionOf = groupOf(
  'state',
  'retry', // RetryCount of the state
  'reminders', // how often the wait's States.Timeout has been retried
  'redrive', // RedriveCount
  'lambda', // the invocation that the engine waits for: its slot, and one more; 0: not invoked yet
  'stoppedIn', // the state in which the execution was stopped or failed
  'isLateOneDead', // 1: a Lambda died that the engine had given up on
  'isEndTold', // 1: EventBridge has an event that the execution failed or was stopped
);

export const ANSWERED = 255; // the Lambda of the wait has returned, and the engine waits for the token
const RETRIES = 16; // more than the faults of any exploration

const FUNCTIONS: Partial<Record<StateName, string>> = {
  ProcessOrder: 'steps/processOrder',
  WaitForConfirmation: 'steps/storeTaskToken',
  CompleteOrder: 'steps/completeOrder',
  RejectOrder: 'steps/rejectOrder',
  CancelOrder: 'steps/cancelOrder',
  ExpireOrder: 'steps/expireOrder',
  FailOrder: 'steps/failOrder',
};

/** Where an error of a state's Lambda leads; everything else leads to FailOrder. */
const CATCHES: Readonly<Record<string, StateName>> = {
  'WaitForConfirmation DeadlinePassed': 'ExpireOrder',
  'ExpireOrder OrderConfirmed': 'CompleteOrder',
  'ExpireOrder OrderRejected': 'RejectOrder',
  'ExpireOrder OrderCancelled': 'CancelOrder',
};
export const RESUMES: Readonly<Record<DecisionKind, StateName | null>> = {
  CONFIRMED: 'CompleteOrder',
  REJECTED: 'RejectOrder',
  CANCELLED: 'CancelOrder',
  EXPIRED: null,
  FAILED: null,
};

export type ExecutionOptions = {
  readonly memory: Memory;
  readonly rules: Rules;
  readonly maxStops: number;
  /** Invokes a function, and answers the slot in which it runs, and one more; 0 while there is none. */
  readonly invoke: (name: string, attempt: number) => number;
};
export type Execution = ReturnType<typeof createExecution>;

/** The execution of infra/workflow: what the engine does when a Lambda, a token or the clock is heard of. */
export function createExecution({ memory, rules, maxStops, invoke }: ExecutionOptions) {
  const facts = executionOf(memory);
  const state = () => STATE_NAMES[facts.state] ?? null;
  const isIn = (...states: readonly (StateName | null)[]) => states.includes(state());
  const isWaiting = () => isIn('WaitForConfirmation');
  const isRunning = () => !isIn(null, 'SUCCEEDED', 'FAILED', 'ABORTED');
  /** Rule 2: the freshness of an attempt, 1 or more. */
  const attempt = () => 1 + facts.redrive * RETRIES + facts.retry;

  function runLambda(): void {
    const current = state();
    const name = current === null ? undefined : FUNCTIONS[current];
    facts.lambda = name === undefined ? 0 : invoke(name, isWaiting() ? attempt() : 0);
  }
  function goTo(next: StateName): void {
    facts.state = STATE_NAMES.indexOf(next);
    facts.retry = 0;
    facts.reminders = 0;
    runLambda();
  }
  function retry(): void {
    if (isWaiting()) facts.retry += 1;
    runLambda();
  }
  function end(how: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    facts.stoppedIn = how === 'SUCCEEDED' ? 0 : facts.state;
    if (how !== 'SUCCEEDED') facts.isEndTold = 1;
    goTo(how);
  }
  /** Catch States.ALL; FailOrder itself has none. */
  function giveUp(): void {
    if (isIn('FailOrder')) end('FAILED');
    else goTo('FailOrder');
  }
  function hear(outcome: Outcome): void {
    if (outcome === 'unavailable' && rules.stepsRetried) return retry();
    const caught = CATCHES[`${state()} ${outcome}`];
    if (caught !== undefined) goTo(caught);
    else if (outcome !== 'done') giveUp();
    else if (isIn('ProcessOrder')) goTo('WaitForConfirmation');
    else if (isWaiting()) facts.lambda = ANSWERED;
    else end('SUCCEEDED');
  }
  /** Every token stays spent. A redrive goes on in the state in which the execution was stopped. */
  const isPastWait = () =>
    facts.state > WAIT && (facts.stoppedIn === 0 || facts.stoppedIn > WAIT || facts.redrive >= maxStops);

  return {
    facts,
    state,
    isIn,
    isWaiting,
    isRunning,
    attempt,
    runLambda,
    goTo,
    retry,
    end,
    giveUp,
    hear,
    isPastWait,
  };
}
