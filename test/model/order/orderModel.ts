import type { DecisionKind } from '../../../schema.generated.ts';
import type { Model } from '../checker/explore.ts';
import { createMemory, groupOf } from '../checker/memory.ts';
import { createClients, createCloser, createNet } from './callers.ts';
import { createEngine, type Engine } from './engine.ts';
import { applyDecision, endAsFailed, expireOrder } from './ends.ts';
import type { Program } from './process.ts';
import { beginProcessing } from './processOrder.ts';
import { brokenInQuiet, brokenPromise, type Watched } from './watch.ts';
import type { Rules } from './rules.ts';
import { createStorage, isFinal } from './storage.ts';
import { storeTaskToken } from './storeTaskToken.ts';
import type { Tools } from './tools.ts';

/** How much of the world is explored. */
export type Scope = {
  /** What each of at most two clients wants; each asks once, at any time. */
  readonly clients: readonly DecisionKind[];
  /** Lost answers, failed calls, dead processes, Lambdas given up on or invoked twice, executions stopped. */
  readonly maxFaults: number;
  /** The wait has one attempt more than reminders, and one more for each fault that makes it try again. */
  readonly maxReminders: number;
  /** How often an operator may stop the execution and redrive it. */
  readonly maxStops: number;
  /** Without the safety net, what the protocol does by itself can be seen. */
  readonly hasNet: boolean;
  readonly hasOwnWork: boolean;
};

const faultsOf = groupOf('left');

/** One order, and everything that may happen to it, in any order. */
export function createOrderModel(rules: Rules, scope: Scope): Model {
  const { clients, hasNet, hasOwnWork, maxFaults, maxReminders, maxStops } = scope;
  const memory = createMemory();
  let reported: string | null = null;
  const storage = createStorage(memory, rules, (property) => (reported ??= property));
  const { objects } = storage;
  const faults = faultsOf(memory);
  faults.left = maxFaults;
  const tools: Tools = {
    storage,
    rules,
    hasOwnWork,
    startExecution: () => engine.start(),
    sendTask: (attempt, kind) => engine.answer(attempt, kind),
    isStarted: () => engine.isStarted(),
    isPastWait: () => engine.isPastWait(),
  };
  const engine: Engine = createEngine({
    memory,
    rules,
    faults,
    maxReminders,
    maxStops,
    programs: stepsOf(tools),
  });
  const surroundings = { memory, faults, tools, engine };
  const asking = createClients(surroundings, clients);
  const watched: Watched = {
    objects,
    engine,
    told: asking.told,
    isAlmostCalm: () => maxFaults - faults.left <= 1 && maxStops === 0,
  };

  return {
    memory,
    moves: [
      ...asking.moves,
      ...(hasNet ? createNet(surroundings) : []),
      ...(rules.netCloses ? createCloser(surroundings) : []),
      ...engine.moves,
    ],
    broken: () => {
      const property = reported;
      reported = null;
      return property ?? brokenPromise(watched);
    },
    brokenWhenQuiet: () => brokenInQuiet(watched),
    hasEnded: () =>
      objects.request === 0 || (isFinal(objects.status) && objects.decision !== 0 && !engine.isRunning()),
  };
}

const stepsOf = (tools: Tools): readonly Program[] => [
  beginProcessing(tools),
  storeTaskToken(tools),
  applyDecision(tools, 'steps/completeOrder', 'CONFIRMED'),
  applyDecision(tools, 'steps/rejectOrder', 'REJECTED'),
  applyDecision(tools, 'steps/cancelOrder', 'CANCELLED'),
  expireOrder(tools),
  endAsFailed(tools, 'steps/failOrder'),
];
