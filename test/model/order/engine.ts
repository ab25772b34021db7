import type { DecisionKind } from '../../../schema.generated.ts';
import type { Move } from '../checker/explore.ts';
import { groupOf, type Group, type Memory } from '../checker/memory.ts';
import { createProcess, type Outcome, type Process, type Program } from './process.ts';
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
type StateName = NonNullable<(typeof STATE_NAMES)[number]>;

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

export type EngineOptions = {
  readonly memory: Memory;
  readonly rules: Rules;
  readonly faults: Group<'left'>;
  readonly programs: readonly Program[];
  readonly maxReminders: number;
  /** How often an operator may stop the execution and redrive it. */
  readonly maxStops: number;
};
export type Engine = ReturnType<typeof createEngine>;

const SLOTS = 3; // invocations at once: the one that the engine waits for, and two that it gave up on
const ANSWERED = 255; // the Lambda of the wait has returned, and the engine waits for the token
const RETRIES = 16; // more than the faults of any exploration

const FUNCTIONS = {
  ProcessOrder: 'steps/processOrder',
  WaitForConfirmation: 'steps/storeTaskToken',
  CompleteOrder: 'steps/completeOrder',
  RejectOrder: 'steps/rejectOrder',
  CancelOrder: 'steps/cancelOrder',
  ExpireOrder: 'steps/expireOrder',
  FailOrder: 'steps/failOrder',
} as const;

/** Where an error of a state's Lambda leads; everything else leads to FailOrder. */
const CATCHES: Readonly<Record<string, StateName>> = {
  'WaitForConfirmation DeadlinePassed': 'ExpireOrder',
  'ExpireOrder OrderConfirmed': 'CompleteOrder',
  'ExpireOrder OrderRejected': 'RejectOrder',
  'ExpireOrder OrderCancelled': 'CancelOrder',
};
const RESUMES: Readonly<Record<DecisionKind, StateName | null>> = {
  CONFIRMED: 'CompleteOrder',
  REJECTED: 'RejectOrder',
  CANCELLED: 'CancelOrder',
  EXPIRED: null,
  FAILED: null,
};

export function createEngine(options: EngineOptions) {
  const { memory, rules, faults, programs, maxReminders, maxStops } = options;
  const execution = executionOf(memory);
  const isIn = (...states: readonly StateName[]) =>
    states.some((state) => STATE_NAMES[execution.state] === state);
  const isWaiting = () => isIn('WaitForConfirmation');
  const isRunning = () => execution.state !== 0 && !isIn('SUCCEEDED', 'FAILED', 'ABORTED');
  /** R2: the freshness of an attempt, 1 or more. */
  const attempt = () => 1 + execution.redrive * RETRIES + execution.retry;

  const lambdas: readonly Process[] = Array.from({ length: SLOTS }, (_, slot) =>
    createProcess({
      name: `Lambda ${slot + 1}`,
      memory,
      programs,
      faults,
      finish: (outcome) => {
        if (execution.lambda === slot + 1) hear(outcome);
        else if (outcome === 'unavailable') execution.isLateOneDead = 1;
      },
    }),
  );
  const freeSlot = () => lambdas.findIndex((lambda) => !lambda.isRunning());

  function enter(state: StateName): void {
    execution.state = STATE_NAMES.indexOf(state);
    execution.retry = 0;
    execution.reminders = 0;
    invoke();
  }
  function retry(): void {
    if (isWaiting()) execution.retry += 1;
    invoke();
  }
  function invoke(): void {
    const slot = freeSlot();
    execution.lambda = slot + 1;
    const state = STATE_NAMES[execution.state];
    if (slot === -1 || state === null || state === undefined || !(state in FUNCTIONS)) return;
    const name = FUNCTIONS[state as keyof typeof FUNCTIONS];
    lambdas[slot]?.begin(name, isWaiting() ? attempt() : 0);
  }
  function end(how: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    execution.stoppedIn = how === 'SUCCEEDED' ? 0 : execution.state;
    execution.state = STATE_NAMES.indexOf(how);
    execution.retry = 0;
    execution.reminders = 0;
    execution.lambda = 0;
    if (how !== 'SUCCEEDED') execution.isEndTold = 1;
  }
  function hear(outcome: Outcome): void {
    const state = STATE_NAMES[execution.state];
    if (outcome === 'unavailable') {
      if (rules.stepsRetried) retry();
      else giveUp();
    } else if (outcome !== 'done') {
      const caught = CATCHES[`${state} ${outcome}`];
      if (caught === undefined) giveUp();
      else enter(caught);
    } else if (isIn('ProcessOrder')) enter('WaitForConfirmation');
    else if (isWaiting()) execution.lambda = ANSWERED;
    else end('SUCCEEDED');
  }
  /** Catch States.ALL; FailOrder itself has none. */
  function giveUp(): void {
    if (isIn('FailOrder')) end('FAILED');
    else enter('FailOrder');
  }

  const fault = (name: string, isPossible: () => boolean, run: () => void, cost = 1): Move => ({
    name: () => `engine: ${STATE_NAMES[execution.state]}: ${name}`,
    kind: 'fault',
    isPossible: () => faults.left >= cost && isPossible(),
    run: () => {
      faults.left -= cost;
      run();
    },
  });
  const moves: readonly Move[] = [
    {
      name: () => 'engine: WaitForConfirmation: States.Timeout',
      kind: 'clock',
      isPossible: isWaiting,
      run: () => {
        if (execution.reminders === maxReminders) return enter('ExpireOrder');
        execution.reminders += 1;
        retry();
      },
    },
    {
      name: () => `engine: ${STATE_NAMES[execution.state]}: the Lambda is invoked`,
      kind: 'step',
      isPossible: () => isRunning() && execution.lambda === 0 && freeSlot() !== -1,
      run: invoke,
    },
    fault('gives up on the Lambda, which goes on', isInvoked, () => hear('unavailable')),
    fault('invokes the Lambda twice', isInvoked, invoke),
    // Not one fault, but as many in a row as there are retries.
    fault('the retries are used up, and the last Lambda goes on', isInvoked, giveUp, 2),
    fault(
      'the retries are used up',
      isInvoked,
      () => {
        const { lambda, isLateOneDead } = execution;
        execution.lambda = ANSWERED;
        lambdas[lambda - 1]?.end('unavailable');
        execution.isLateOneDead = isLateOneDead;
        giveUp();
      },
      2,
    ),
    fault(
      'an operator stops the execution',
      () => isRunning() && execution.redrive < maxStops,
      () => end('ABORTED'),
    ),
    {
      name: () => `engine: an operator redrives the execution in ${STATE_NAMES[execution.stoppedIn]}`,
      kind: 'fault',
      isPossible: () => isIn('FAILED', 'ABORTED') && execution.redrive < maxStops,
      run: () => {
        execution.state = execution.stoppedIn;
        execution.stoppedIn = 0;
        execution.redrive += 1;
        invoke();
      },
    },
    ...lambdas.flatMap((lambda) => lambda.moves),
    ...lambdas.map((lambda, slot): Move => ({
      // An attempt that begins at or after the deadline: the clock jumped, or the machine was down.
      name: () => `Lambda ${slot + 1}: steps/storeTaskToken: the deadline has passed already`,
      kind: 'clock',
      isPossible: () => isWaiting() && execution.lambda === slot + 1 && lambda.isAtBegin(),
      run: () => lambda.end('DeadlinePassed'),
    })),
  ];
  function isInvoked(): boolean {
    return isRunning() && execution.lambda !== 0 && execution.lambda !== ANSWERED;
  }

  return {
    execution,
    moves,
    isRunning,
    isIdle: () => lambdas.every((lambda) => !lambda.isRunning()),
    isWaiting,
    isStarted: () => execution.state !== 0,
    /** Every token stays spent. A redrive goes on in the state in which the execution was stopped. */
    isPastWait: () =>
      execution.state > WAIT &&
      (execution.stoppedIn === 0 || execution.stoppedIn > WAIT || execution.redrive >= maxStops),
    /** StartExecution: a name is used once. */
    start: () => {
      if (execution.state === 0) enter('ProcessOrder');
    },
    /** SendTaskSuccess, SendTaskFailure; false: TaskTimedOut. */
    answer: (token: number, kind: DecisionKind | null): boolean => {
      if (!isWaiting() || token !== attempt()) return false;
      const state = kind === null ? null : RESUMES[kind];
      if (state !== null) enter(state);
      return true;
    },
  };
}
