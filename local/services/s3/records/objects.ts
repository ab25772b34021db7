import { hash } from 'node:crypto';
import type { Clock } from '../../../ground/clock/clock.ts';
import type { Store } from '../../../ground/store/store.ts';
import { type Attributes, formatAttributes } from './attributes.ts';
import {
  afterPrefix,
  bytesOf,
  etagOf,
  type ObjectSummary,
  parseSummary,
  SUMMARY_COLUMNS as COLUMNS,
} from './objectRow.ts';
import { REVISIONS_A_MILLISECOND } from './revision.ts';
import { createVersions, type Versions } from './versions.ts';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export type Content = {
  readonly body: Uint8Array;
  readonly attributes: Attributes;
  /** As it is kept; absent: the MD5 of the body. */
  readonly etag?: Buffer;
};

/** `current`: what the key stands for now, as `find` gave it in this transaction. */
type Replacing = Content & { readonly current: ObjectSummary | null };

export type KeptIn = { readonly id: number; readonly versioned: boolean };

export type Objects = {
  readonly find: (bucket: number, key: string) => ObjectSummary | null;
  readonly body: (object: ObjectSummary) => Uint8Array;
  readonly put: (bucket: KeptIn, key: string, content: Replacing) => ObjectSummary;
  /** Takes a current object away for good. */
  readonly remove: (object: ObjectSummary) => void;
  /** Puts a delete marker over whatever the key stands for; gives its revision. */
  readonly mark: (bucket: number, key: string) => number;
  /** The next revision for something that leaves nothing behind: a deletion. */
  readonly nextRevision: (atLeast: number) => number;
  /** From `from` (inclusive) to `to` (exclusive), in the order of the keys' bytes; read as far as it is asked. */
  readonly list: (bucket: number, from: Uint8Array, to: Uint8Array) => Iterable<ObjectSummary>;
  readonly expired: (bucket: number, range: ExpiredRange) => readonly ObjectSummary[];
  readonly versions: Versions;
};

export type ExpiredRange = {
  readonly prefix: string;
  /** Last modified before; milliseconds since 1970. */
  readonly before: number;
  readonly largerThan: number;
  readonly smallerThan: number;
  readonly limit: number;
};

const OF_KEY = 'bucket = ? AND key = ?';
const REPLACE = `INSERT OR REPLACE INTO s3_current (bucket, key, revision, etag, size, attributes, body)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

export function createObjects({ store, clock }: { store: Store; clock: Clock }): Objects {
  createObjectTables(store);
  const versions = createVersions({ store, clock });
  let lastRevision = 0;

  function nextRevision(atLeast: number): number {
    lastRevision = Math.max(Math.floor(clock.now()) * REVISIONS_A_MILLISECOND, lastRevision + 1, atLeast);
    return lastRevision;
  }

  function find(bucket: number, key: string): ObjectSummary | null {
    const row = store
      .statement(`SELECT ${COLUMNS} FROM s3_current WHERE ${OF_KEY}`)
      .get(bucket, Buffer.from(key));
    return row === undefined ? null : parseSummary(row, true);
  }

  const remove = ({ bucket, key }: ObjectSummary) =>
    void store.statement(`DELETE FROM s3_current WHERE ${OF_KEY}`).run(bucket, Buffer.from(key));
  return {
    find,
    nextRevision,
    remove,
    versions,
    body: (object) =>
      unpacked(object.isCurrent ? currentBody(store, object) : versions.body(object), object.size),
    put: ({ id: bucket, versioned }, key, { body, attributes, current, ...given }) => {
      const newest = versioned ? versions.supersede(bucket, key, current) : (current?.revision ?? 0);
      const revision = nextRevision(newest + 1);
      const etag = given.etag ?? hash('md5', body, 'buffer');
      const size = body.byteLength;
      store
        .statement(REPLACE)
        .run(bucket, Buffer.from(key), revision, etag, size, formatAttributes(attributes), packed(body));
      return { bucket, key, revision, etag: etagOf(etag), size, attributes, isCurrent: true };
    },
    mark: (bucket, key) => {
      const current = find(bucket, key);
      const revision = nextRevision(versions.supersede(bucket, key, current) + 1);
      if (current !== null) remove(current);
      versions.addMarker(bucket, key, revision);
      return revision;
    },
    list: (bucket, from, to) => rows(store, { bucket, from, to }),
    expired: (bucket, range) => expiredRows(store, bucket, range),
  };
}

function currentBody(store: Store, { bucket, key }: ObjectSummary): Uint8Array {
  const row = store.statement(`SELECT body FROM s3_current WHERE ${OF_KEY}`).get(bucket, Buffer.from(key));
  return bytesOf(row?.['body']);
}

function* rows(
  store: Store,
  { bucket, from, to }: { bucket: number; from: Uint8Array; to: Uint8Array },
): Iterable<ObjectSummary> {
  // Not a kept statement: two listings that are read in turns would share its place.
  const statement = store.database.prepare(
    `SELECT ${COLUMNS} FROM s3_current WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key`,
  );
  for (const row of statement.iterate(bucket, from, to)) yield parseSummary(row, true);
}

function expiredRows(store: Store, bucket: number, range: ExpiredRange): readonly ObjectSummary[] {
  const before = Math.min(range.before * REVISIONS_A_MILLISECOND, Number.MAX_SAFE_INTEGER);
  return store
    .statement(
      `SELECT ${COLUMNS} FROM s3_current WHERE bucket = ? AND key >= ? AND key < ? AND revision < ?
       AND size > ? AND size < ? LIMIT ?`,
    )
    .all(
      bucket,
      Buffer.from(range.prefix),
      afterPrefix(range.prefix),
      before,
      range.largerThan,
      Math.min(range.smallerThan, Number.MAX_SAFE_INTEGER),
      range.limit,
    )
    .map((row) => parseSummary(row, true));
}

/** Below, the saving is less than a disk page; above, the time to pack would keep other requests waiting. */
const WORTH_PACKING = { from: 200, to: 65_536 } as const;
const OPTIONS = { level: 1, memLevel: 5, windowBits: 12 } as const;

/** The body as it is kept: packed when that makes it shorter, so that its length tells which it is. */
function packed(body: Uint8Array): Uint8Array {
  if (body.byteLength < WORTH_PACKING.from || body.byteLength > WORTH_PACKING.to) return body;
  const shorter = deflateRawSync(body, OPTIONS);
  return shorter.byteLength < body.byteLength ? shorter : body;
}

function unpacked(kept: Uint8Array, size: number): Uint8Array {
  return kept.byteLength === size ? kept : inflateRawSync(kept, { maxOutputLength: Math.max(size, 1) });
}

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
function createObjectTables({ database, transact }: Store): void {
  database.exec(TABLES);
  const older = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 's3_objects'").get();
  if (older !== undefined) transact(() => database.exec(ADOPT));
}
