import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from './errors.ts';

/**
 * What has to be done to a store of format n to make it one of format n + 1. Format 0 is a new file.
 * Services create their tables themselves; a step stands here when rows of an older format have to change.
 */
const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) =>
    database.exec(
      'CREATE TABLE cloud_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
    ),
];

/** The format that this version of the cloud writes. Kept in SQLite's `user_version`. */
export const STORE_FORMAT = MIGRATIONS.length;

export function readFormat(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Brings an older store up to date in one transaction and refuses a newer one. */
export function migrate(database: DatabaseSync, folder: string): void {
  const format = readFormat(database);
  if (format > STORE_FORMAT) {
    throw new StoreUnusable(
      `The data folder ${folder} has format ${format}, and this version reads formats up to ${STORE_FORMAT}: use the newer version that wrote it, or another folder with --data.`,
    );
  }
  if (format === STORE_FORMAT) return;
  database.exec('BEGIN IMMEDIATE');
  for (const step of MIGRATIONS.slice(format)) step(database);
  database.exec(`PRAGMA user_version = ${STORE_FORMAT}`);
  database.exec('COMMIT');
}
