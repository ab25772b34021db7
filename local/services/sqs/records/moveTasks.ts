import { randomUUID } from 'node:crypto';
import type { Store } from '../../../ground/store/store.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS sqs_move_tasks (
    handle TEXT PRIMARY KEY, source TEXT NOT NULL, destination TEXT, rate INTEGER, started INTEGER NOT NULL,
    moved INTEGER NOT NULL, unmoved INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_move_tasks_of ON sqs_move_tasks (source, started);
`;

/** A redrive of dead letters. It is over as soon as it has been started: nothing here takes time. */
export type MoveTask = {
  readonly handle: string;
  readonly sourceArn: string;
  /** Null: every message went where it came from. */
  readonly destinationArn: string | null;
  readonly messagesPerSecond: number | null;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly moved: number;
  /** Messages whose source is not known. */
  readonly unmoved: number;
};

export type MoveTasks = {
  /** Answers the task's handle. */
  readonly add: (task: Omit<MoveTask, 'handle'>) => string;
  readonly has: (handle: string) => boolean;
  /** The newest first. */
  readonly list: (sourceArn: string, limit: number) => readonly MoveTask[];
};

export function createMoveTasks({ database, statement, transact }: Store): MoveTasks {
  database.exec(TABLES);
  return {
    add: ({ sourceArn, destinationArn, messagesPerSecond, started, moved, unmoved }) =>
      transact(() => {
        const handle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64');
        const sql = 'INSERT INTO sqs_move_tasks VALUES (?, ?, ?, ?, ?, ?, ?)';
        statement(sql).run(handle, sourceArn, destinationArn, messagesPerSecond, started, moved, unmoved);
        return handle;
      }),
    has: (handle) => statement('SELECT 1 FROM sqs_move_tasks WHERE handle = ?').get(handle) !== undefined,
    list: (sourceArn, limit) =>
      statement('SELECT * FROM sqs_move_tasks WHERE source = ? ORDER BY started DESC, rowid DESC LIMIT ?')
        .all(sourceArn, limit)
        .map(parseTask),
  };
}

function parseTask(row: Readonly<Record<string, unknown>>): MoveTask {
  const { destination, rate } = row;
  return {
    handle: String(row['handle']),
    sourceArn: String(row['source']),
    destinationArn: typeof destination === 'string' ? destination : null,
    messagesPerSecond: typeof rate === 'number' ? rate : null,
    started: Number(row['started']),
    moved: Number(row['moved']),
    unmoved: Number(row['unmoved']),
  };
}
