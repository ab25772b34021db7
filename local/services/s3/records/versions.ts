import type { Clock } from '../../../ground/clock/clock.ts';
import type { Store } from '../../../ground/store/store.ts';
import { bytesOf, parseSummary, SUMMARY_COLUMNS, type ObjectSummary, type Row } from './objectRow.ts';

export type Version = ObjectSummary & { readonly isMarker: boolean };

export type NoncurrentRange = {
  readonly prefix: Uint8Array;
  readonly end: Uint8Array;
  readonly supersededBefore: number;
  readonly largerThan: number;
  readonly smallerThan: number;
  readonly limit: number;
};

/** Changes join the open transaction. */
export type Versions = {
  /** Keeps what the key stands for now, before something newer comes; gives the newest revision so far. */
  readonly supersede: (bucket: number, key: string, current: ObjectSummary | null) => number;
  readonly addMarker: (bucket: number, key: string, revision: number) => void;
  readonly find: (bucket: number, key: string, revision: number) => Version | null;
  readonly newest: (bucket: number, key: string) => Version | null;
  readonly body: (version: ObjectSummary) => Uint8Array;
  readonly remove: (version: ObjectSummary) => void;
  /** Makes the newest version what the key stands for, after that was deleted for good. */
  readonly promote: (bucket: number, key: string) => void;
  /** In the order of keys, the newest first. */
  readonly list: (bucket: number, from: Uint8Array, to: Uint8Array) => Iterable<Version>;
  readonly superseded: (bucket: number, range: NoncurrentRange) => readonly Version[];
  /** Markers under which nothing is left. */
  readonly loneMarkers: (
    bucket: number,
    range: Pick<NoncurrentRange, 'prefix' | 'end' | 'limit'>,
  ) => readonly Version[];
};

const COLUMNS = `${SUMMARY_COLUMNS}, marker`;
const OF_KEY = 'bucket = ? AND key = ?';
const OF_VERSION = `${OF_KEY} AND revision = ?`;
const CONTENT = 'bucket, key, revision, etag, size, attributes, body';
const SUPERSEDED = `SELECT ${COLUMNS} FROM s3_noncurrent
  WHERE bucket = ? AND key >= ? AND key < ? AND superseded < ? AND size > ? AND size < ? LIMIT ?`;
const LONE_MARKERS = `SELECT ${COLUMNS} FROM s3_noncurrent AS marked
  WHERE bucket = ? AND key >= ? AND key < ? AND superseded IS NULL AND marker = 1 AND NOT EXISTS (
    SELECT 1 FROM s3_noncurrent WHERE bucket = marked.bucket AND key = marked.key AND revision < marked.revision
  ) LIMIT ?`;

export function createVersions({ store, clock }: { store: Store; clock: Clock }): Versions {
  const { statement } = store;
  const now = () => Math.floor(clock.now());
  const find = (condition: string, ...values: (number | Uint8Array)[]) => {
    const row = statement(`SELECT ${COLUMNS} FROM s3_noncurrent WHERE ${condition}`).get(...values);
    return row === undefined ? null : parseVersion(row);
  };
  const newest = (bucket: number, key: string) =>
    find(`${OF_KEY} ORDER BY revision DESC LIMIT 1`, bucket, Buffer.from(key));
  const of = ({ bucket, key, revision }: ObjectSummary) => [bucket, Buffer.from(key), revision] as const;
  const remove = (version: ObjectSummary) =>
    void statement(`DELETE FROM s3_noncurrent WHERE ${OF_VERSION}`).run(...of(version));
  return {
    newest,
    remove,
    body: (version) =>
      bytesOf(statement(`SELECT body FROM s3_noncurrent WHERE ${OF_VERSION}`).get(...of(version))?.['body']),
    supersede: (bucket, key, current) => {
      if (current !== null) {
        const sql = `INSERT INTO s3_noncurrent (${CONTENT}, superseded, marker) SELECT ${CONTENT}, ?, 0 FROM s3_current WHERE ${OF_KEY}`;
        statement(sql).run(now(), bucket, Buffer.from(key));
        return current.revision;
      }
      const marker = newest(bucket, key);
      if (marker === null) return 0;
      statement(`UPDATE s3_noncurrent SET superseded = ? WHERE ${OF_VERSION}`).run(now(), ...of(marker));
      return marker.revision;
    },
    addMarker: (bucket, key, revision) => {
      const sql = `INSERT INTO s3_noncurrent (${CONTENT}, marker) VALUES (?, ?, ?, x'', 0, '{}', x'', 1)`;
      statement(sql).run(bucket, Buffer.from(key), revision);
    },
    find: (bucket, key, revision) => find(OF_VERSION, bucket, Buffer.from(key), revision),
    promote: (bucket, key) => {
      const version = newest(bucket, key);
      if (version === null) return;
      if (version.isMarker) {
        statement(`UPDATE s3_noncurrent SET superseded = NULL WHERE ${OF_VERSION}`).run(...of(version));
        return;
      }
      const sql = `INSERT INTO s3_current (${CONTENT}) SELECT ${CONTENT} FROM s3_noncurrent WHERE ${OF_VERSION}`;
      statement(sql).run(...of(version));
      remove(version);
    },
    list: (bucket, from, to) => rows(store, { bucket, from, to }),
    superseded: (bucket, { prefix, end, supersededBefore, largerThan, smallerThan, limit }) => {
      const most = Math.min(smallerThan, Number.MAX_SAFE_INTEGER);
      return statement(SUPERSEDED)
        .all(bucket, prefix, end, supersededBefore, largerThan, most, limit)
        .map(parseVersion);
    },
    loneMarkers: (bucket, { prefix, end, limit }) =>
      statement(LONE_MARKERS).all(bucket, prefix, end, limit).map(parseVersion),
  };
}

type Range = { readonly bucket: number; readonly from: Uint8Array; readonly to: Uint8Array };

function* rows(store: Store, { bucket, from, to }: Range): Iterable<Version> {
  // Not a kept statement: two listings that are read in turns would share its place.
  const statement = store.database.prepare(
    `SELECT ${COLUMNS} FROM s3_noncurrent WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key, revision DESC`,
  );
  for (const row of statement.iterate(bucket, from, to)) yield parseVersion(row);
}

function parseVersion(row: Row): Version {
  return { ...parseSummary(row, false), isMarker: row['marker'] === 1 };
}
