import type { Clock } from '../clock/clock.ts';
import type { Store } from '../store/store.ts';
import type { Scheduler } from './scheduler.ts';

const schedulerTables = `
  CREATE TABLE IF NOT EXISTS scheduler_deadlines (
    kind TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS scheduler_by_due ON scheduler_deadlines (due);
`;

/** Node fires a longer timer at once (32-bit milliseconds), and a laptop's sleep should not delay us for long. */
const MAX_TIMER_MILLISECONDS = 60_000;
const DEADLINES_A_TURN = 200;

type Deadline = { readonly kind: string; readonly key: string; readonly due: number };

export function createScheduler({ store, clock }: { store: Store; clock: Clock }): Scheduler {
  const deadlines = createDeadlines(store);
  const handlers = new Map<string, (key: string, due: number) => void>();
  let timer: NodeJS.Timeout | null = null;
  let timerDue = Infinity;
  let running = false;

  function arm(due: number): void {
    if (!running || due >= timerDue) return;
    if (timer !== null) clearTimeout(timer);
    timerDue = due;
    const wait = Math.min(Math.max(due - clock.now(), 0), MAX_TIMER_MILLISECONDS);
    timer = setTimeout(() => void runDue(), wait);
  }

  function armNearest(): void {
    const due = deadlines.nearest();
    if (due !== null) arm(due);
  }

  function runOne({ kind, key, due }: Deadline): void {
    const handler = handlers.get(kind);
    store.transact(() => {
      deadlines.remove(kind, key);
      handler?.(key, due);
    });
  }

  async function runDue(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    timerDue = Infinity;
    const next = () => deadlines.dueBy(clock.now());
    for (let due = next(); due.length > 0; due = running ? next() : []) {
      for (const deadline of due) runOne(deadline);
      await store.settled();
    }
    if (running) armNearest();
  }

  return {
    set: (kind, key, due) => {
      store.transact(() => deadlines.set({ kind, key, due: Math.ceil(due) }));
      arm(due);
    },
    cancel: (kind, key) => {
      store.transact(() => deadlines.remove(kind, key));
    },
    dueOf: deadlines.dueOf,
    handle: (kind, onDue) => void handlers.set(kind, onDue),
    start: () => {
      running = true;
      void runDue();
    },
    runDue,
    stop: () => {
      running = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

/** The table of deadlines. */
type Deadlines = {
  readonly set: (deadline: Deadline) => void;
  readonly remove: (kind: string, key: string) => void;
  readonly dueOf: (kind: string, key: string) => number | null;
  /** Null when nothing is planned. */
  readonly nearest: () => number | null;
  /** The first of those that are due at a time. */
  readonly dueBy: (now: number) => readonly Deadline[];
};

function createDeadlines(store: Store): Deadlines {
  store.database.exec(schedulerTables);
  return {
    set: ({ kind, key, due }) =>
      void store
        .statement('INSERT OR REPLACE INTO scheduler_deadlines (kind, key, due) VALUES (?, ?, ?)')
        .run(kind, key, due),
    remove: (kind, key) =>
      void store.statement('DELETE FROM scheduler_deadlines WHERE kind = ? AND key = ?').run(kind, key),
    dueOf: (kind, key) => {
      const sql = 'SELECT due FROM scheduler_deadlines WHERE kind = ? AND key = ?';
      const row = store.statement(sql).get(kind, key);
      return row === undefined ? null : Number(row['due']);
    },
    nearest: () => {
      const row = store.statement('SELECT min(due) AS due FROM scheduler_deadlines').get();
      return typeof row?.['due'] === 'number' ? row['due'] : null;
    },
    dueBy: (now) =>
      store
        .statement('SELECT kind, key, due FROM scheduler_deadlines WHERE due <= ? ORDER BY due LIMIT ?')
        .all(now, DEADLINES_A_TURN)
        .map((row) => ({ kind: String(row['kind']), key: String(row['key']), due: Number(row['due']) })),
  };
}
