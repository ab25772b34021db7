import { createHash } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Store } from '../store/store.ts';
import { formatAttributes, type Attributes } from './attributes.ts';
import {
  afterPrefix,
  bytesOf,
  parseSummary,
  SUMMARY_COLUMNS as COLUMNS,
  type ObjectSummary,
} from './objectRow.ts';
import { packed, unpacked } from './packedBody.ts';
import { REVISIONS_A_MILLISECOND } from './revision.ts';
import { createVersions, versionBody, type Versions } from './versions.ts';

/**
 * Keys are bytes, so that they sort as in S3 and may hold any character. `revision` grows with every write: it
 * holds the time of the write, the sequencer and the version id in one number.
 */
export const s3Tables = `
  CREATE TABLE IF NOT EXISTS s3_buckets (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, swept INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_objects (
    id INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL,
    etag BLOB NOT NULL, size INTEGER NOT NULL, attributes TEXT NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS s3_by_key ON s3_objects (bucket, key, revision);
`;

export type Content = {
  readonly body: Uint8Array;
  readonly attributes: Attributes;
};

export type KeptIn = { readonly id: number; readonly versioned: boolean };

export type Objects = {
  readonly find: (bucket: number, key: string) => ObjectSummary | null;
  readonly body: (object: ObjectSummary) => Uint8Array;
  readonly put: (bucket: KeptIn, key: string, content: Content) => ObjectSummary;
  /** Takes a current object away for good. */
  readonly remove: (id: number) => void;
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

export function createObjects({ store, clock }: { store: Store; clock: Clock }): Objects {
  store.database.exec(s3Tables);
  const versions = createVersions({ store, clock });
  let lastRevision = 0;

  function nextRevision(atLeast: number): number {
    lastRevision = Math.max(Math.floor(clock.now()) * REVISIONS_A_MILLISECOND, lastRevision + 1, atLeast);
    return lastRevision;
  }

  function find(bucket: number, key: string): ObjectSummary | null {
    const row = store
      .statement(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ?`)
      .get(bucket, Buffer.from(key));
    return row === undefined ? null : parseSummary(row, true);
  }

  const remove = (id: number) => void store.statement('DELETE FROM s3_objects WHERE id = ?').run(id);
  return {
    find,
    nextRevision,
    remove,
    versions,
    body: ({ id, size, isCurrent }) =>
      unpacked(isCurrent ? currentBody(store, id) : versionBody(store, id), size),
    put: (bucket, key, { body, attributes }) => {
      const known = find(bucket.id, key);
      const newest = bucket.versioned ? versions.supersede(bucket.id, key, known) : (known?.revision ?? 0);
      const revision = nextRevision(newest + 1);
      const etag = createHash('md5').update(body).digest();
      const size = body.byteLength;
      const id = write(store, {
        id: known?.id ?? null,
        bucket: bucket.id,
        key,
        values: [revision, etag, size, formatAttributes(attributes), packed(body)],
      });
      return { id, key, revision, etag: etag.toString('hex'), size, attributes, isCurrent: true };
    },
    mark: (bucket, key) => {
      const current = find(bucket, key);
      const revision = nextRevision(versions.supersede(bucket, key, current) + 1);
      if (current !== null) remove(current.id);
      versions.addMarker(bucket, key, revision);
      return revision;
    },
    list: (bucket, from, to) => rows(store, { bucket, from, to }),
    expired: (bucket, range) => expiredRows(store, bucket, range),
  };
}

type Write = {
  readonly id: number | null;
  readonly bucket: number;
  readonly key: string;
  readonly values: readonly [
    revision: number,
    etag: Uint8Array,
    size: number,
    attributes: string,
    body: Uint8Array,
  ];
};

function write(store: Store, { id, bucket, key, values }: Write): number {
  if (id !== null) {
    const sql =
      'UPDATE s3_objects SET revision = ?, etag = ?, size = ?, attributes = ?, body = ? WHERE id = ?';
    store.statement(sql).run(...values, id);
    return id;
  }
  const sql =
    'INSERT INTO s3_objects (revision, etag, size, attributes, body, bucket, key) VALUES (?, ?, ?, ?, ?, ?, ?)';
  return Number(store.statement(sql).run(...values, bucket, Buffer.from(key)).lastInsertRowid);
}

function currentBody(store: Store, id: number): Uint8Array {
  return bytesOf(store.statement('SELECT body FROM s3_objects WHERE id = ?').get(id)?.['body']);
}

function* rows(
  store: Store,
  { bucket, from, to }: { bucket: number; from: Uint8Array; to: Uint8Array },
): Iterable<ObjectSummary> {
  // Not a kept statement: two listings that are read in turns would share its place.
  const statement = store.database.prepare(
    `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key`,
  );
  for (const row of statement.iterate(bucket, from, to)) yield parseSummary(row, true);
}

function expiredRows(store: Store, bucket: number, range: ExpiredRange): readonly ObjectSummary[] {
  const before = Math.min(range.before * REVISIONS_A_MILLISECOND, Number.MAX_SAFE_INTEGER);
  return store
    .statement(
      `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key >= ? AND key < ? AND revision < ?
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
