import type { Memory } from './memory.ts';
import { createNumbers, type Numbers } from './numbers.ts';
import { createStateTable, type StateTable } from './stateTable.ts';

/** `step`: what happens by itself; `clock`: what only the passing of time brings; `fault`: what need not happen. */
export type MoveKind = 'step' | 'clock' | 'fault';

/** Something that may happen. It reads and writes the model's memory. */
export type Move = {
  /** What happens in the state that the memory holds. */
  readonly name: () => string;
  readonly kind: MoveKind;
  readonly isPossible: () => boolean;
  readonly run: () => void;
  /** Whose move it is. */
  readonly owner?: object;
  /** Nothing influences it and nobody sees it: no move of another owner has to be tried before it. */
  readonly isAlone?: () => boolean;
};

export type Model = {
  /** Holds the first state at the beginning. */
  readonly memory: Memory;
  readonly moves: readonly Move[];
  /** The property that the state, or the move that led to it, breaks. */
  readonly broken: () => string | null;
  /** The property that a state breaks in which nothing happens any more until the clock or a fault does something. */
  readonly brokenWhenQuiet: () => string | null;
  readonly hasEnded: () => boolean;
};

export type CounterExample = { readonly property: string; readonly trace: readonly string[] };
export type Exploration = {
  readonly states: number;
  readonly transitions: number;
  /** False: the limit of states was reached before every state was seen. */
  readonly isComplete: boolean;
  readonly counterExample: CounterExample | null;
};

/** The property of every model: wherever faults led, an end can be reached once they stop. */
export const ENDS = 'every order ends';

type Search = {
  readonly model: Model;
  readonly table: StateTable;
  /** For each state the state and the move that it was first reached by. */
  readonly parents: Numbers;
  readonly causes: Numbers;
  /** For each state where its successors without a fault begin in `successors`. */
  readonly starts: Numbers;
  readonly successors: Numbers;
  readonly ended: boolean[];
  transitions: number;
};

/**
 * Visits every state that can be reached, nearest first, so that the first counter-example is a shortest one. Then goes
 * back from the ended states along all moves but faults: a state that is not met on the way can never end.
 */
export function explore(model: Model, maxStates = Infinity): Exploration {
  const search = createSearch(model);
  const { table } = search;
  const result = (counterExample: CounterExample | null, isComplete = true): Exploration => ({
    states: table.size(),
    transitions: search.transitions,
    isComplete,
    counterExample,
  });
  for (let index = 0; index < table.size(); index += 1) {
    if (table.size() > maxStates) return result(null, false);
    const counterExample = visit(search, index);
    if (counterExample !== null) return result(counterExample);
  }
  search.starts.push(search.successors.size());
  const stuck = findStuck(search);
  return result(stuck === -1 ? null : { property: ENDS, trace: traceOf(search, stuck) });
}

function createSearch(model: Model): Search {
  const search: Search = {
    model,
    table: createStateTable(model.memory.width),
    parents: createNumbers(),
    causes: createNumbers(),
    starts: createNumbers(),
    successors: createNumbers(),
    ended: [],
    transitions: 0,
  };
  search.table.add(model.memory.bytes);
  search.parents.push(0);
  search.causes.push(0);
  return search;
}

/** Makes every move that is possible in a state, each from the state itself. */
function visit(search: Search, index: number): CounterExample | null {
  const { model, table, starts, successors, ended } = search;
  const { memory, moves } = model;
  table.load(index, memory.bytes);
  ended.push(model.hasEnded());
  starts.push(successors.size());
  let isQuiet = true;
  for (const moveIndex of possibleMoves(moves)) {
    table.load(index, memory.bytes);
    moves[moveIndex]?.run();
    search.transitions += 1;
    const property = model.broken();
    if (property !== null)
      return { property, trace: [...traceOf(search, index), nameOf(search, index, moveIndex)] };
    const next = addState(search, index, moveIndex);
    const kind = moves[moveIndex]?.kind;
    if (kind === 'step') isQuiet = false;
    if (kind !== 'fault') successors.push(next);
  }
  if (!isQuiet) return null;
  table.load(index, memory.bytes);
  const property = model.brokenWhenQuiet();
  return property === null ? null : { property, trace: traceOf(search, index) };
}

function addState({ model, table, parents, causes }: Search, parent: number, cause: number): number {
  const known = table.size();
  const index = table.add(model.memory.bytes);
  if (index < known) return index;
  parents.push(parent);
  causes.push(cause);
  return index;
}

function possibleMoves(moves: readonly Move[]): readonly number[] {
  const possible: number[] = [];
  let alone: object | null = null;
  for (let index = 0; index < moves.length; index += 1) {
    const move = moves[index];
    if (move?.isPossible() !== true) continue;
    possible.push(index);
    if (alone === null && move.owner !== undefined && move.isAlone?.() === true) alone = move.owner;
  }
  return alone === null ? possible : possible.filter((index) => moves[index]?.owner === alone);
}

function nameOf({ model, table }: Search, state: number, move: number): string {
  table.load(state, model.memory.bytes);
  return model.moves[move]?.name() ?? '';
}

function traceOf(search: Search, state: number): readonly string[] {
  const names: string[] = [];
  for (let at = state; at > 0; at = search.parents.at(at))
    names.push(nameOf(search, search.parents.at(at), search.causes.at(at)));
  return names.toReversed();
}

/** The first state from which no ended state can be reached, or -1. Most moves lead to later states, so from the back. */
function findStuck({ ended, starts, successors }: Search): number {
  const canEnd = Uint8Array.from(ended, Number);
  const leadsToEnd = (index: number): boolean => {
    for (let at = starts.at(index); at < starts.at(index + 1); at += 1)
      if (canEnd[successors.at(at)] === 1) return true;
    return false;
  };
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (let index = ended.length - 1; index >= 0; index -= 1) {
      if (canEnd[index] === 1 || !leadsToEnd(index)) continue;
      canEnd[index] = 1;
      hasChanged = true;
    }
  }
  return canEnd.indexOf(0);
}
