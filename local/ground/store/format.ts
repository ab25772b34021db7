import type { DatabaseSync } from 'node:sqlite';
import { type Place, StoreUnusable } from './unusable.ts';

/**
 * What has to be done to a store of format n to make it one of format n + 1. Format 0 is a new file.
 * Services create their tables themselves; a step stands here when rows of an older format have to change.
 */
const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) =>
    database.exec(
      'CREATE TABLE cloud_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
    ),
  (database) =>
    database.exec(
      'CREATE TABLE cloud_commits (count INTEGER NOT NULL) STRICT; INSERT INTO cloud_commits VALUES (0)',
    ),
  () => {}, // texts of executions may be short ones, which format 2 cannot read; older rows stay as they are
  () => {}, // the same for the execution's name in them, and in inputs and outputs
];

/** The format that this version of the cloud writes. Kept in SQLite's `user_version`. */
const STORE_FORMAT = MIGRATIONS.length;

function readFormat(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Refuses what this version cannot read: a newer store, and a file of another program. */
export function refuseFormat(database: DatabaseSync, { file }: Place): void {
  const format = readFormat(database);
  if (format > STORE_FORMAT) {
    throw new StoreUnusable(
      `The store ${file} has format ${format}, and this version reads formats up to ${STORE_FORMAT}: use the newer version that wrote it, or another folder with --data.`,
    );
  }
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => name);
  const isOurs = tables.includes('cloud_meta') === format > 0;
  if (isOurs && (format > 0 || tables.length === 0)) return;
  throw new StoreUnusable(
    `The file ${file} is a database of another program: choose another folder with --data.`,
  );
}

/** Brings an older store up to date in one transaction. */
export function migrate(database: DatabaseSync): void {
  const format = readFormat(database);
  if (format === STORE_FORMAT) return;
  database.exec('BEGIN IMMEDIATE');
  for (const step of MIGRATIONS.slice(format)) step(database);
  database.exec(`PRAGMA user_version = ${STORE_FORMAT}`);
  database.exec('COMMIT');
}
