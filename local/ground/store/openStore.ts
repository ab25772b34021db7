import { chmodSync, existsSync, linkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBatch } from './batch.ts';
import { openDataFolder } from './dataFolder.ts';
import { openDisk } from './disk.ts';
import { damaged, type Place, StoreDamaged, StoreUnusable, unusable } from './unusable.ts';
import { migrate, refuseFormat } from './format.ts';
import type { Store } from './store.ts';
import { openWitness, type Witness, witnessFile } from './witness.ts';

export type StoreOptions = {
  /** The data folder; made for its owner alone when it does not exist. */
  readonly folder: string;
  /** Called when a commit fails (a full disk): nothing that waits was acknowledged, and the process must end. */
  readonly onFailure?: (error: Error) => void;
};

const SQLITE_HEADER_BYTES = 100;
const OWNER_ONLY = 0o600;

/** Opens the store of a data folder and locks the folder until the process ends or `close` is called. Throws StoreUnusable. */
export function openStore({ folder, onFailure = failLoudly }: StoreOptions): Store {
  const { database, witness } = openDatabase({ folder, file: join(folder, 'store.sqlite') });
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const disk = openDisk(join(folder, 'store.sqlite-wal'));
  const batch = createBatch({ database, disk, witness, onFailure });
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
      try {
        batch.flush();
        disk.close();
        witness.seal();
      } finally {
        database.close();
        witness.close();
      }
    },
  };
}

type Opened = { readonly database: DatabaseSync; readonly witness: Witness };

function openDatabase(place: Place): Opened {
  try {
    openDataFolder(place.folder);
    refuseLostStore(place);
    return useDatabase(new DatabaseSync(place.file), place);
  } catch (error) {
    throw unusable(place, error);
  }
}

function useDatabase(database: DatabaseSync, place: Place): Opened {
  try {
    // EXCLUSIVE is the lock on the folder: the system releases it when the process dies, however it dies.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    refuseFormat(database, place);
    for (const file of [place.file, `${place.file}-wal`]) if (existsSync(file)) chmodSync(file, OWNER_ONLY);
    // NORMAL leaves the sync after each commit to `disk.ts`, which does it off this thread; SQLite still orders the rest.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec(
      'PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864',
    );
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    migrate(database);
    const witness = openWitness(database, place);
    if (!witness.knewAll) checkPages(database, place);
    return { database, witness };
  } catch (cause) {
    const error = unusable(place, cause);
    if (error instanceof StoreDamaged) keepLog(place);
    database.close();
    throw error;
  }
}

/** SQLite takes an empty file for a new database: a store that was lost must not look like a fresh start. */
function refuseLostStore(place: Place): void {
  const traces = [witnessFile(place), `${place.file}-wal`].filter((file) => existsSync(file));
  if (traces.length === 0 || hasHeader(place.file)) return;
  throw new StoreUnusable(
    `The store ${place.file} is missing or empty, but this folder had one: restore it from a copy, choose a new folder with --data, or remove ${traces.join(' and ')} to begin anew.`,
  );
}

function hasHeader(file: string): boolean {
  return existsSync(file) && statSync(file).size >= SQLITE_HEADER_BYTES;
}

function checkPages(database: DatabaseSync, place: Place): void {
  const row = database.prepare('PRAGMA quick_check(1)').get();
  if (row?.['quick_check'] === 'ok') return;
  throw damaged(place, String(row?.['quick_check']).replaceAll(/\s+/g, ' '));
}

/** Closing a database takes what SQLite can read of its log into the file and removes the log; somebody may want the rest. */
function keepLog({ file }: Place): void {
  if (existsSync(`${file}-wal`) && !existsSync(`${file}-wal.kept`))
    linkSync(`${file}-wal`, `${file}-wal.kept`);
}

function failLoudly(error: Error): void {
  throw error;
}
