import type { DecisionKind } from '../../../schema.generated.ts';
import type { Move } from '../checker/explore.ts';
import { groupOf, type Group, type Memory } from '../checker/memory.ts';
import { decideOrder, processOrder } from './api.ts';
import type { Engine } from './engine.ts';
import { endAsFailed } from './ends.ts';
import { createProcess, type Outcome, type Program } from './process.ts';
import { decisionCreated, requestCreated } from './recovery.ts';
import type { Tools } from './tools.ts';

// Those who act beside the workflow: clients, and the safety net.

export type Surroundings = {
  readonly memory: Memory;
  readonly faults: Group<'left'>;
  readonly tools: Tools;
  readonly engine: Engine;
};

type Caller = {
  readonly name: string;
  readonly program: Program;
  readonly isDue: () => boolean;
  readonly hasBegun: () => void;
  /** Nothing that it does changes anything any more. */
  readonly isIdle?: () => boolean;
  readonly finish?: (outcome: Outcome, decision: number) => void;
};

function movesOf({ memory, faults }: Surroundings, caller: Caller): readonly Move[] {
  const { name, program, isDue, hasBegun, isIdle = () => false, finish = () => {} } = caller;
  const process = createProcess({ name, memory, programs: [program], faults, finish });
  const begin: Move = {
    name: () => `${name}: begins ${program.name}`,
    kind: 'step',
    owner: process,
    isPossible: () => !process.isRunning() && isDue(),
    isAlone: isIdle,
    run: () => {
      hasBegun();
      process.beginWithCall(program.name);
    },
  };
  return [begin, ...process.moves];
}

const clientsOf = groupOf('request', 'first', 'second'); // 1: has asked
const toldOf = groupOf('first', 'second'); // the decision that the client was told stands

/** One client asks for the order, and up to two decide on it. */
export function createClients(surroundings: Surroundings, wanted: readonly DecisionKind[]) {
  const { memory, tools } = surroundings;
  const asked = clientsOf(memory);
  const told = toldOf(memory);
  const client = (name: 'request' | 'first' | 'second', program: Program, finish?: Caller['finish']) =>
    movesOf(surroundings, {
      name: `client ${name}`,
      program,
      isDue: () => asked[name] === 0,
      hasBegun: () => (asked[name] = 1),
      finish,
    });
  const deciders = wanted.flatMap((kind, index) => {
    const name = index === 0 ? 'first' : 'second';
    return client(name, decideOrder(tools, kind), (outcome, decision) => {
      if (outcome === 'done') told[name] = decision;
    });
  });
  return {
    moves: [...client('request', processOrder(tools)), ...deciders],
    told: (): readonly number[] => [told.first, told.second],
  };
}

const deliveredOf = groupOf('request', 'decision'); // 1: the notification has been delivered

/** Rule 7. A notification whose handling failed is delivered again. */
export function createNet(surroundings: Surroundings): readonly Move[] {
  const { memory, tools, engine } = surroundings;
  const { rules, storage } = tools;
  const delivered = deliveredOf(memory);
  const notified = (key: 'request' | 'decision', program: Program, isIdle: () => boolean) =>
    movesOf(surroundings, {
      name: `net of ${key}`,
      program,
      isDue: () => storage.objects[key] !== 0 && delivered[key] === 0,
      hasBegun: () => (delivered[key] = 1),
      isIdle,
      finish: (outcome) => {
        if (outcome === 'unavailable' && rules.netInsists) delivered[key] = 0;
      },
    });
  return [
    ...(rules.netStarts ? notified('request', requestCreated(tools), engine.isStarted) : []),
    ...(rules.netResumes ? notified('decision', decisionCreated(tools), engine.isPastWait) : []),
  ];
}

/** Rule 7: EventBridge says that an execution failed or was stopped. */
export function createCloser(surroundings: Surroundings): readonly Move[] {
  const { tools, engine } = surroundings;
  return movesOf(surroundings, {
    name: 'net of executions',
    program: endAsFailed(tools, 'recovery/executionEnded'),
    isDue: () => engine.execution.isEndTold === 1,
    hasBegun: () => (engine.execution.isEndTold = 0),
    finish: (outcome) => {
      if (outcome === 'unavailable' && tools.rules.netInsists) engine.execution.isEndTold = 1;
    },
  });
}
