import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBatch } from './batch.ts';
import { openDisk } from './disk.ts';
import { StoreUnusable } from './errors.ts';
import { migrate } from './format.ts';
import type { Store } from './store.ts';

export type StoreOptions = {
  /** The data folder; made with mode 0700 when it does not exist. */
  readonly folder: string;
  /** Called when a commit fails (a full disk): nothing that waits was acknowledged, and the process must end. */
  readonly onFailure?: (error: Error) => void;
};

/** Opens the store of a data folder and locks the folder until the process ends or `close` is called. Throws StoreUnusable. */
export function openStore({ folder, onFailure = failLoudly }: StoreOptions): Store {
  const database = openDatabase(folder);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const disk = openDisk(join(folder, 'store.sqlite-wal'));
  const batch = createBatch({ database, disk, onFailure });
  return {
    database,
    statement: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    ...batch,
    close: () => {
      batch.flush();
      disk.close();
      database.close();
    },
  };
}

function openDatabase(folder: string): DatabaseSync {
  const file = join(folder, 'store.sqlite');
  const marker = join(folder, 'store.format');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseLostStore(file, marker);
    const database = new DatabaseSync(file);
    // EXCLUSIVE is the lock on the folder: the system releases it when the process dies, however it dies.
    // NORMAL leaves the sync after each commit to `disk.ts`, which does it off this thread; SQLite still orders the rest.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec(
      'PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864',
    );
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    checkIntegrity(database, folder);
    migrate(database, folder);
    if (!existsSync(marker)) writeFileSync(marker, 'countersign store\n', { mode: 0o600 });
    return database;
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** SQLite takes an empty file for a new database: a store that was emptied must not look like a fresh start. */
function refuseLostStore(file: string, marker: string): void {
  if (!existsSync(marker) || hasHeader(file)) return;
  throw new StoreUnusable(
    `The store ${file} is missing or empty, but this folder had one: restore it from a copy, or choose a new folder with --data.`,
  );
}

function hasHeader(file: string): boolean {
  return existsSync(file) && statSync(file).size >= SQLITE_HEADER_BYTES;
}

function checkIntegrity(database: DatabaseSync, folder: string): void {
  const row = database.prepare('PRAGMA quick_check(1)').get();
  if (row?.['quick_check'] !== 'ok') throw damaged(folder);
}

function damaged(folder: string, cause?: unknown): StoreUnusable {
  return new StoreUnusable(
    `The store in ${folder} is damaged. Nothing was changed: restore the folder from a copy, or choose a new one with --data.`,
    { cause },
  );
}

function unusable(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnusable) return error;
  const text = `${'errstr' in error ? String(error.errstr) : ''} ${error.message}`;
  const found = REASONS.find(([pattern]) => pattern.test(text));
  return found === undefined ? error : found[1](folder, error);
}

const SQLITE_HEADER_BYTES = 100;

const REASONS: readonly (readonly [RegExp, (folder: string, cause: Error) => StoreUnusable])[] = [
  [
    /locked|busy/i,
    (folder, cause) =>
      new StoreUnusable(
        `Another process uses the data folder ${folder}: stop it, or choose another folder with --data.`,
        { cause },
      ),
  ],
  [/not a database|malformed|corrupt/i, damaged],
  [
    /EACCES|EPERM|EROFS|ENOTDIR|EEXIST|readonly|read-only|unable to open/i,
    (folder, cause) =>
      new StoreUnusable(
        `The data folder ${folder} cannot be written: check its permissions, or choose another with --data.`,
        { cause },
      ),
  ],
  [
    /full|ENOSPC/i,
    (folder, cause) =>
      new StoreUnusable(
        `The disk that holds the data folder ${folder} is full: free some space and start again.`,
        {
          cause,
        },
      ),
  ],
];

function failLoudly(error: Error): void {
  throw error;
}
