import type { Clock } from '../../../ground/clock/clock.ts';
import type { Store } from '../../../ground/store/store.ts';

const lambdaTables = `
  CREATE TABLE IF NOT EXISTS lambda_events (
    id INTEGER PRIMARY KEY, function TEXT NOT NULL, request_id TEXT NOT NULL, payload TEXT NOT NULL,
    queued INTEGER NOT NULL, attempts INTEGER NOT NULL, waiting INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS lambda_events_ready ON lambda_events (function, id) WHERE waiting = 0;
`;

/** An asynchronous invocation that was accepted and is not done. */
export type AsyncEvent = {
  readonly id: number;
  readonly functionName: string;
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly queued: number;
  /** How often the function was invoked with it. */
  readonly attempts: number;
};

export type AsyncEvents = {
  readonly add: (event: Pick<AsyncEvent, 'functionName' | 'requestId' | 'payload'>) => void;
  /** The oldest event of a function that waits for no retry. */
  readonly next: (functionName: string) => AsyncEvent | null;
  readonly hold: (event: AsyncEvent, attempts: number) => void;
  /** The retry's time has come; gives the function's name, or null when the event is gone. */
  readonly release: (id: number) => string | null;
  readonly remove: (id: number) => void;
  readonly functionNames: () => readonly string[];
};

/** The rows of Lambda's asynchronous queue. Changes join the open transaction. */
export function createAsyncEvents(store: Store, clock: Clock): AsyncEvents {
  store.database.exec(lambdaTables);
  const { statement } = store;
  return {
    add: ({ functionName, requestId, payload }) => {
      statement(
        'INSERT INTO lambda_events (function, request_id, payload, queued, attempts, waiting) VALUES (?, ?, ?, ?, 0, 0)',
      ).run(functionName, requestId, payload, clock.now());
    },
    next: (functionName) => {
      const row = statement(
        'SELECT * FROM lambda_events WHERE function = ? AND waiting = 0 ORDER BY id LIMIT 1',
      ).get(functionName);
      return row === undefined ? null : parseRow(row);
    },
    hold: ({ id }, attempts) => {
      statement('UPDATE lambda_events SET attempts = ?, waiting = 1 WHERE id = ?').run(attempts, id);
    },
    release: (id) => {
      const row = statement('UPDATE lambda_events SET waiting = 0 WHERE id = ? RETURNING function').get(id);
      return row === undefined ? null : String(row['function']);
    },
    remove: (id) => {
      statement('DELETE FROM lambda_events WHERE id = ?').run(id);
    },
    functionNames: () =>
      statement('SELECT DISTINCT function FROM lambda_events WHERE waiting = 0')
        .all()
        .map((row) => String(row['function'])),
  };
}

function parseRow(row: Readonly<Record<string, unknown>>): AsyncEvent {
  return {
    id: Number(row['id']),
    functionName: String(row['function']),
    requestId: String(row['request_id']),
    payload: String(row['payload']),
    queued: Number(row['queued']),
    attempts: Number(row['attempts']),
  };
}
