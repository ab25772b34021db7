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
  store.database.exec(schedulerTables);
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
    const row = store.statement('SELECT min(due) AS due FROM scheduler_deadlines').get();
    if (typeof row?.['due'] === 'number') arm(row['due']);
  }

  function runOne({ kind, key, due }: Deadline): void {
    const handler = handlers.get(kind);
    store.transact(() => {
      store.statement('DELETE FROM scheduler_deadlines WHERE kind = ? AND key = ?').run(kind, key);
      handler?.(key, due);
    });
  }

  async function runDue(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    timerDue = Infinity;
    for (let due = nextDue(store, clock); due.length > 0; due = running ? nextDue(store, clock) : []) {
      for (const deadline of due) runOne(deadline);
      await store.settled();
    }
    if (running) armNearest();
  }

  return {
    set: (kind, key, due) => {
      store.transact(() =>
        store
          .statement('INSERT OR REPLACE INTO scheduler_deadlines (kind, key, due) VALUES (?, ?, ?)')
          .run(kind, key, Math.ceil(due)),
      );
      arm(due);
    },
    cancel: (kind, key) => {
      store.transact(() =>
        store.statement('DELETE FROM scheduler_deadlines WHERE kind = ? AND key = ?').run(kind, key),
      );
    },
    dueOf: (kind, key) => {
      const sql = 'SELECT due FROM scheduler_deadlines WHERE kind = ? AND key = ?';
      const row = store.statement(sql).get(kind, key);
      return row === undefined ? null : Number(row['due']);
    },
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

function nextDue(store: Store, clock: Clock): readonly Deadline[] {
  return store
    .statement('SELECT kind, key, due FROM scheduler_deadlines WHERE due <= ? ORDER BY due LIMIT ?')
    .all(clock.now(), DEADLINES_A_TURN)
    .map((row) => ({ kind: String(row['kind']), key: String(row['key']), due: Number(row['due']) }));
}
