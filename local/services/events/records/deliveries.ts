import type { Store } from '../../../ground/store/store.ts';

const eventsTables = `
  CREATE TABLE IF NOT EXISTS events_pending (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL,
    emitted INTEGER NOT NULL, attempts INTEGER NOT NULL, waiting INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_pending_ready ON events_pending (id) WHERE waiting = 0;
`;

/** An event on its way to one target of one rule. */
export type Delivery = {
  readonly id: number;
  readonly rule: string;
  readonly target: string;
  /** JSON text. */
  readonly event: string;
  readonly emitted: number;
  /** How often it was tried. */
  readonly attempts: number;
};

export type Deliveries = {
  readonly add: (delivery: Pick<Delivery, 'rule' | 'target' | 'event' | 'emitted'>) => void;
  /** The oldest that wait for no retry. */
  readonly next: (most: number) => readonly Delivery[];
  readonly hasNext: () => boolean;
  readonly hold: (id: number, attempts: number) => void;
  readonly release: (id: number) => void;
  readonly remove: (id: number) => void;
};

/** The rows of what was emitted and is not delivered. Changes join the open transaction. */
export function createDeliveries(store: Store): Deliveries {
  store.database.exec(eventsTables);
  const { statement } = store;
  const next = (most: number) =>
    statement('SELECT * FROM events_pending WHERE waiting = 0 ORDER BY id LIMIT ?').all(most).map(parseRow);
  return {
    add: ({ rule, target, event, emitted }) => {
      statement(
        'INSERT INTO events_pending (rule, target, event, emitted, attempts, waiting) VALUES (?, ?, ?, ?, 0, 0)',
      ).run(rule, target, event, emitted);
    },
    next,
    hasNext: () => next(1).length > 0,
    hold: (id, attempts) => {
      statement('UPDATE events_pending SET attempts = ?, waiting = 1 WHERE id = ?').run(attempts, id);
    },
    release: (id) => {
      statement('UPDATE events_pending SET waiting = 0 WHERE id = ?').run(id);
    },
    remove: (id) => {
      statement('DELETE FROM events_pending WHERE id = ?').run(id);
    },
  };
}

function parseRow(row: Readonly<Record<string, unknown>>): Delivery {
  return {
    id: Number(row['id']),
    rule: String(row['rule']),
    target: String(row['target']),
    event: String(row['event']),
    emitted: Number(row['emitted']),
    attempts: Number(row['attempts']),
  };
}
