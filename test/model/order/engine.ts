import type { DecisionKind } from '../../../schema.generated.ts';
import type { Move } from '../checker/explore.ts';
import type { Group, Memory } from '../checker/memory.ts';
import { ANSWERED, createExecution, RESUMES, STATE_NAMES, type Execution } from './execution.ts';
import { createProcess, type Process, type Program } from './process.ts';
import type { Rules } from './rules.ts';

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

/** Step Functions and Lambda, as far as they run one order. */
export function createEngine(options: EngineOptions) {
  const { memory, rules, faults, programs, maxStops } = options;
  const findSlot = () => lambdas.findIndex((lambda) => !lambda.isRunning());
  const execution: Execution = createExecution({
    memory,
    rules,
    maxStops,
    invoke: (name, attempt) => {
      const slot = findSlot();
      lambdas[slot]?.begin(name, attempt);
      return slot + 1;
    },
  });
  const { facts } = execution;
  const lambdas: readonly Process[] = Array.from({ length: SLOTS }, (_, slot) =>
    createProcess({
      name: `Lambda ${slot + 1}`,
      memory,
      programs,
      faults,
      finish: (outcome) => {
        if (facts.lambda === slot + 1) execution.hear(outcome);
        else if (outcome === 'unavailable') facts.isLateOneDead = 1;
      },
    }),
  );

  return {
    execution: facts,
    moves: [
      ...movesOfTime(options, execution, lambdas),
      {
        name: () => `engine: ${execution.state()}: the Lambda is invoked`,
        kind: 'step',
        isPossible: () => execution.isRunning() && facts.lambda === 0 && findSlot() !== -1,
        run: execution.runLambda,
      },
      ...faultsOf(options, execution, lambdas),
      ...lambdas.flatMap((lambda) => lambda.moves),
    ] satisfies readonly Move[],
    isRunning: execution.isRunning,
    isWaiting: execution.isWaiting,
    isStarted: () => execution.state() !== null,
    isPastWait: execution.isPastWait,
    /** StartExecution: a name is used once. */
    start: () => {
      if (execution.state() === null) execution.goTo('ProcessOrder');
    },
    /** SendTaskSuccess, SendTaskFailure; false: TaskTimedOut. */
    answer: (token: number, kind: DecisionKind | null): boolean => {
      if (!execution.isWaiting() || token !== execution.attempt()) return false;
      const state = kind === null ? null : RESUMES[kind];
      if (state !== null) execution.goTo(state);
      return true;
    },
  };
}

function movesOfTime(
  { maxReminders }: EngineOptions,
  execution: Execution,
  lambdas: readonly Process[],
): readonly Move[] {
  const { facts, isWaiting } = execution;
  const timeout: Move = {
    name: () => 'engine: WaitForConfirmation: States.Timeout',
    kind: 'clock',
    isPossible: isWaiting,
    run: () => {
      if (facts.reminders === maxReminders) return execution.goTo('ExpireOrder');
      facts.reminders += 1;
      execution.retry();
    },
  };
  const passed = lambdas.map((lambda, slot): Move => ({
    // An attempt that begins at or after the deadline: the clock jumped, or the machine was down.
    name: () => `Lambda ${slot + 1}: steps/storeTaskToken: the deadline has passed already`,
    kind: 'clock',
    isPossible: () => isWaiting() && facts.lambda === slot + 1 && lambda.isAtBegin(),
    run: () => lambda.end('DeadlinePassed'),
  }));
  return [timeout, ...passed];
}

/** What goes wrong between the engine and its Lambdas, and what an operator does to an execution. */
function faultsOf(
  { faults, maxStops }: EngineOptions,
  execution: Execution,
  lambdas: readonly Process[],
): readonly Move[] {
  const { facts } = execution;
  const isInvoked = () => execution.isRunning() && facts.lambda !== 0 && facts.lambda !== ANSWERED;
  const fault = (name: string, run: () => void, { isPossible = isInvoked, cost = 1 } = {}): Move => ({
    name: () => `engine: ${execution.state()}: ${name}`,
    kind: 'fault',
    isPossible: () => faults.left >= cost && isPossible(),
    run: () => {
      faults.left -= cost;
      run();
    },
  });
  const killLast = () => {
    const { lambda, isLateOneDead } = facts;
    facts.lambda = ANSWERED; // its end is not heard of
    lambdas[lambda - 1]?.end('unavailable');
    facts.isLateOneDead = isLateOneDead;
    execution.giveUp();
  };
  const canStop = () => execution.isRunning() && facts.redrive < maxStops;
  const redrive: Move = {
    name: () => `engine: an operator redrives the execution in ${STATE_NAMES[facts.stoppedIn]}`,
    kind: 'fault',
    isPossible: () => execution.isIn('FAILED', 'ABORTED') && facts.redrive < maxStops,
    run: () => {
      facts.state = facts.stoppedIn;
      facts.stoppedIn = 0;
      facts.redrive += 1;
      execution.runLambda();
    },
  };
  return [
    fault('gives up on the Lambda, which goes on', () => execution.hear('unavailable')),
    fault('invokes the Lambda twice', execution.runLambda),
    // Not one fault, but as many in a row as there are retries.
    fault('the retries are used up, and the last Lambda goes on', execution.giveUp, { cost: 2 }),
    fault('the retries are used up', killLast, { cost: 2 }),
    fault('an operator stops the execution', () => execution.end('ABORTED'), { isPossible: canStop }),
    redrive,
  ];
}
