import { createHash } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Store } from '../store/store.ts';
import { formatAttributes, parseAttributes, type Attributes } from './attributes.ts';
import { packed, unpacked } from './packedBody.ts';

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

export type ObjectSummary = {
  readonly id: number;
  readonly key: string;
  readonly revision: number;
  /** Hexadecimal MD5, without quotation marks. */
  readonly etag: string;
  readonly size: number;
  readonly attributes: Attributes;
};

export type Content = { readonly body: Uint8Array; readonly attributes: Attributes };

export type Objects = {
  readonly find: (bucket: number, key: string) => ObjectSummary | null;
  readonly body: (object: ObjectSummary) => Uint8Array;
  readonly put: (bucket: number, key: string, content: Content) => ObjectSummary;
  readonly remove: (id: number) => void;
  /** The next revision for something that leaves no object behind: a delete marker. */
  readonly nextRevision: (atLeast: number) => number;
  /** From `from` (inclusive) to `to` (exclusive), in the order of the keys' bytes; read as far as it is asked. */
  readonly list: (bucket: number, from: Uint8Array, to: Uint8Array) => Iterable<ObjectSummary>;
  readonly expired: (bucket: number, range: ExpiredRange) => readonly ObjectSummary[];
};

export type ExpiredRange = {
  readonly prefix: string;
  /** Last modified before; milliseconds since 1970. */
  readonly before: number;
  readonly largerThan: number;
  readonly smallerThan: number;
  readonly limit: number;
};

/** Revisions in a millisecond; more of them borrow from the next. */
const REVISIONS_A_MILLISECOND = 1024;
const COLUMNS = 'id, key, revision, etag, size, attributes';
/** No byte of UTF-8 is 0xFF: with it a prefix comes after every key that it begins. */
const AFTER_ANY_KEY = Buffer.from([0xff]);

export function createObjects({ store, clock }: { store: Store; clock: Clock }): Objects {
  store.database.exec(s3Tables);
  let lastRevision = 0;

  function nextRevision(atLeast: number): number {
    lastRevision = Math.max(Math.floor(clock.now()) * REVISIONS_A_MILLISECOND, lastRevision + 1, atLeast);
    return lastRevision;
  }

  function find(bucket: number, key: string): ObjectSummary | null {
    const row = store
      .statement(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ?`)
      .get(bucket, Buffer.from(key));
    return row === undefined ? null : parseRow(row);
  }

  return {
    find,
    nextRevision,
    body: ({ id, size }) => {
      const row = store.statement('SELECT body FROM s3_objects WHERE id = ?').get(id);
      return unpacked(bytes(row?.['body']), size);
    },
    put: (bucket, key, { body, attributes }) => {
      const known = find(bucket, key);
      const revision = nextRevision((known?.revision ?? 0) + 1);
      const etag = createHash('md5').update(body).digest();
      const size = body.byteLength;
      const id = write(store, {
        id: known?.id ?? null,
        bucket,
        key,
        values: [revision, etag, size, formatAttributes(attributes), packed(body)],
      });
      return { id, key, revision, etag: etag.toString('hex'), size, attributes };
    },
    remove: (id) => void store.statement('DELETE FROM s3_objects WHERE id = ?').run(id),
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

/** The first bytes after every key that begins with `prefix`. */
export function afterPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.from(prefix), AFTER_ANY_KEY]);
}

export function lastModified({ revision }: Pick<ObjectSummary, 'revision'>): number {
  return Math.floor(revision / REVISIONS_A_MILLISECOND);
}

/** Grows with every write of a key, as S3's does: to be compared as text. */
export function sequencer(revision: number): string {
  return revision.toString(16).toUpperCase().padStart(18, '0');
}

/** 32 characters, as in S3; the same for the same revision. */
export function versionId(bucket: string, key: string, revision: number): string {
  const hash = createHash('sha256').update(`${bucket}/${key}/${revision}`).digest('base64');
  return hash.slice(0, 32).replaceAll('+', '_').replaceAll('/', '.');
}

type Row = Readonly<Record<string, unknown>>;

function* rows(
  store: Store,
  { bucket, from, to }: { bucket: number; from: Uint8Array; to: Uint8Array },
): Iterable<ObjectSummary> {
  // Not a kept statement: two listings that are read in turns would share its place.
  const statement = store.database.prepare(
    `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key`,
  );
  for (const row of statement.iterate(bucket, from, to)) yield parseRow(row);
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
    .map(parseRow);
}

function parseRow(row: Row): ObjectSummary {
  return {
    id: Number(row['id']),
    key: bytes(row['key']).toString('utf8'),
    revision: Number(row['revision']),
    etag: bytes(row['etag']).toString('hex'),
    size: Number(row['size']),
    attributes: parseAttributes(String(row['attributes'])),
  };
}

function bytes(value: unknown): Buffer {
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.alloc(0);
}
