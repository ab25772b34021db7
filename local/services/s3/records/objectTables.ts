import type { Store } from '../../../ground/store/store.ts';

/**
 * Keys are bytes, so that they sort as in S3 and may hold any character. `revision` grows with every write: it
 * holds the time of the write, the sequencer and the version id in one number. Rows lie in the tree of their key:
 * an index beside it would take a tenth of the disk.
 *
 * `s3_noncurrent` has what current objects were before, and delete markers. `superseded` is when something newer
 * came, in milliseconds since 1970; null for the marker that is the latest of its key.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS s3_buckets (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, swept INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_current (
    bucket INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL, etag BLOB NOT NULL, size INTEGER NOT NULL,
    attributes TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS s3_noncurrent (
    bucket INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL, superseded INTEGER, marker INTEGER NOT NULL,
    etag BLOB NOT NULL, size INTEGER NOT NULL, attributes TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (bucket, key, revision DESC)
  ) STRICT, WITHOUT ROWID;
`;
const ADOPT = `
  INSERT INTO s3_current SELECT bucket, key, revision, etag, size, attributes, body FROM s3_objects;
  DROP TABLE s3_objects;
`;

/** Makes the tables, and takes over the objects of a store that an earlier version wrote. */
export function createObjectTables({ database, transact }: Store): void {
  database.exec(TABLES);
  const older = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 's3_objects'").get();
  if (older !== undefined) transact(() => database.exec(ADOPT));
}
