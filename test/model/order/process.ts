import type { Move, MoveKind } from '../checker/explore.ts';
import { clear, groupOf, type Group, type Memory } from '../checker/memory.ts';

/** What a process remembers between two calls: where it is, and what it has read. */
export const registersOf = groupOf(
  'program',
  'main', // the call that comes next, and one more; 0: the process does not run
  'side', // the same for a call beside it (Promise.all)
  'join',
  'attempt', // of a state's Lambda: how fresh it is
  'version', // the order's record as it was read
  'status',
  'pausedBy',
  'token',
  'decision',
  'isLate', // its token was refused because a newer attempt has stored one
);
export type Registers = ReturnType<typeof registersOf>;

export type Outcome =
  | 'done'
  | 'unavailable' // AWS was busy, broken or silent, or the Lambda died
  | 'DeadlinePassed'
  | 'DecisionMissing'
  | 'OrderFailed'
  | 'OrderConfirmed'
  | 'OrderRejected'
  | 'OrderCancelled';

/** The next call; two calls side by side and what is decided `after` both; or the end. */
export type Next =
  string | { readonly both: readonly [string, string]; readonly after: string } | { readonly ends: Outcome };
export type Part = (me: Registers) => Next;

/** A function of the product: its calls by name, each with what it does to the world and what comes next. */
export type Program = {
  readonly name: string;
  readonly begin: Part;
  readonly calls: Readonly<Record<string, Part>>;
  /** What is decided when two calls that went side by side are both back. */
  readonly joins?: Readonly<Record<string, Part>>;
  /**
   * Calls that nothing can influence any more and that nobody else sees: whatever else may happen can as well happen after
   * them, so that the model need not try it before (a partial-order reduction).
   */
  readonly isAlone?: Readonly<Record<string, () => boolean>>;
  /** Calls whose failure the function survives, and what comes next then. */
  readonly survives?: Readonly<Record<string, Part>>;
};

/** Ends one of two branches that go side by side. */
export const JOIN = 'join';
const JOINED = 255;

export const ends = (outcome: Outcome): Next => ({ ends: outcome });
export const both = (main: string, side: string, after: string): Next => ({ both: [main, side], after });

export type ProcessOptions = {
  readonly name: string;
  readonly memory: Memory;
  readonly programs: readonly Program[];
  readonly faults: Group<'left'>;
  /** Hears how the process ended. Its registers are clear by then; `decision` is the one that it knew. */
  readonly finish: (outcome: Outcome, decision: number) => void;
};

export type Process = {
  readonly begin: (program: string, attempt?: number) => void;
  /** Begins, and makes the first call at once: nobody could tell the difference. */
  readonly beginWithCall: (program: string) => void;
  readonly isRunning: () => boolean;
  /** It has not made a call yet. */
  readonly isAtBegin: () => boolean;
  readonly end: (outcome: Outcome) => void;
  readonly moves: readonly Move[];
};

type Branch = 'main' | 'side';
type Call = {
  readonly name: string;
  readonly does: Part;
  readonly survive: Part | null;
  readonly isAlone: () => boolean;
  readonly isRead: boolean;
};
type Compiled = Program & { readonly list: readonly Call[]; readonly joinNames: readonly string[] };

export function createProcess({ name, memory, programs, faults, finish }: ProcessOptions): Process {
  const me = registersOf(memory);
  const compiled = programs.map(compile);
  const program = () => compiled[me.program] ?? fail(`program ${me.program}`);
  const at = { main: () => me.main, side: () => me.side } satisfies Record<Branch, () => number>;
  const isAt = (branch: Branch) => at[branch]() !== 0 && at[branch]() !== JOINED;
  const callAt = (branch: Branch) => program().list[at[branch]() - 1] ?? fail('such call');
  const setAt = (branch: Branch, value: number) => {
    if (branch === 'main') me.main = value;
    else me.side = value;
  };

  const end = (outcome: Outcome) => {
    const { decision } = me;
    clear(memory, me);
    finish(outcome, decision);
  };
  function goOn(branch: Branch, next: Next): void {
    if (next === JOIN) {
      setAt(branch, JOINED);
      if (me.main !== JOINED || me.side !== JOINED) return;
      const join = program().joins?.[program().joinNames[me.join] ?? ''] ?? fail('such join');
      me.side = 0;
      me.join = 0;
      goOn('main', join(me));
    } else if (typeof next === 'string') setAt(branch, indexOf(program().list, next) + 1);
    else if ('ends' in next) end(next.ends);
    else {
      goOn('main', next.both[0]);
      goOn('side', next.both[1]);
      me.join = program().joinNames.indexOf(next.after);
    }
  }
  const begin = (wanted: string, attempt = 0) => {
    me.program = compiled.findIndex((one) => one.name === wanted);
    me.attempt = attempt;
    goOn('main', program().begin(me));
  };

  const movesOf = (branch: Branch): readonly Move[] => {
    const owner = { branch };
    const move = (
      kind: MoveKind,
      what: string,
      run: (call: Call) => void,
      isFor = (_call: Call) => true,
    ): Move => ({
      name: () => `${name}: ${program().name}: ${callAt(branch).name}${what}`,
      kind,
      owner,
      isPossible: () => isAt(branch) && (kind !== 'fault' || faults.left > 0) && isFor(callAt(branch)),
      isAlone: () => kind === 'step' && callAt(branch).isAlone(),
      run: () => {
        if (kind === 'fault') faults.left -= 1;
        run(callAt(branch));
      },
    });
    return [
      move('step', '', (call) => goOn(branch, call.does(me))),
      move(
        'fault',
        ' is done, but its answer is lost and the SDK repeats it',
        (call) => {
          const before = memory.bytes.slice(me.start, me.start + me.size);
          call.does(me);
          memory.bytes.set(before, me.start);
        },
        (call) => !call.isRead,
      ),
      move('fault', ' fails', (call) => {
        if (call.survive === null) end('unavailable');
        else goOn(branch, call.survive(me));
      }),
      move(
        'fault',
        ' is not reached: the process dies',
        () => end('unavailable'),
        (call) => call.survive !== null,
      ),
    ];
  };

  return {
    begin,
    beginWithCall: (wanted) => {
      begin(wanted);
      goOn('main', callAt('main').does(me));
    },
    isRunning: () => me.main !== 0,
    isAtBegin: () => {
      const first = me.main === 0 ? '' : program().begin(me);
      const [main, side] = typeof first === 'object' && 'both' in first ? first.both : [first, null];
      const isThere = (branch: Branch, call: unknown) => isAt(branch) && callAt(branch).name === call;
      return isThere('main', main) && (side === null || isThere('side', side));
    },
    end,
    moves: [...movesOf('main'), ...movesOf('side')],
  };
}

const compile = (program: Program): Compiled => ({
  ...program,
  list: Object.entries(program.calls).map(([name, does]) => ({
    name,
    does,
    survive: program.survives?.[name] ?? null,
    isAlone: program.isAlone?.[name] ?? (() => false),
    isRead: name.startsWith('GET'),
  })),
  joinNames: Object.keys(program.joins ?? {}),
});

function indexOf(list: readonly Call[], name: string): number {
  const index = list.findIndex((call) => call.name === name);
  return index === -1 ? fail(`call ${name}`) : index;
}

function fail(what: string): never {
  throw new Error(`The model has no ${what}.`);
}
