import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../ground/clock/clock.ts';
import type { Store } from '../../../ground/store/store.ts';
import { formatAttributes, parseAttributes, type Attributes } from './attributes.ts';
import { CHECKSUMS, isChecksumName, type ChecksumName, type ChecksumType } from '../wire/checksums.ts';
import { bytesOf, type Row } from './objectRow.ts';

/** Multipart uploads that are neither complete nor aborted. */
const UPLOAD_TABLES = `
  CREATE TABLE IF NOT EXISTS s3_uploads (
    id TEXT PRIMARY KEY, bucket INTEGER NOT NULL, key TEXT NOT NULL, started INTEGER NOT NULL,
    attributes TEXT NOT NULL, algorithm TEXT NOT NULL, checksum_type TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS s3_parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, etag BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    checksum TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
`;

export type Upload = {
  readonly id: string;
  readonly bucket: number;
  readonly key: string;
  readonly started: number;
  readonly attributes: Attributes;
  /** Of the checksum that the whole object gets. */
  readonly algorithm: ChecksumName;
  readonly checksumType: ChecksumType;
};

export type Part = {
  readonly number: number;
  /** Hexadecimal MD5. */
  readonly etag: string;
  readonly size: number;
  readonly modified: number;
  /** Of the upload's algorithm. */
  readonly checksum: string;
};

/** Changes join the open transaction. */
export type Uploads = {
  readonly start: (upload: Omit<Upload, 'id' | 'started'>) => Upload;
  readonly find: (id: string) => Upload | null;
  readonly putPart: (upload: Upload, number: number, body: Uint8Array) => Part;
  readonly parts: (id: string) => readonly Part[];
  readonly partBody: (id: string, number: number) => Uint8Array;
  readonly remove: (id: string) => void;
  readonly list: (bucket: number) => readonly Upload[];
};

const ID_BYTES = 48;

export function createUploads({ store, clock }: { store: Store; clock: Clock }): Uploads {
  store.database.exec(UPLOAD_TABLES);
  const { statement } = store;
  const now = () => Math.floor(clock.now());
  return {
    start: (upload) => {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const started = now();
      const { bucket, key, attributes, algorithm, checksumType } = upload;
      const sql = 'INSERT INTO s3_uploads VALUES (?, ?, ?, ?, ?, ?, ?)';
      statement(sql).run(id, bucket, key, started, formatAttributes(attributes), algorithm, checksumType);
      return { ...upload, id, started };
    },
    find: (id) => {
      const row = statement('SELECT * FROM s3_uploads WHERE id = ?').get(id);
      return row === undefined ? null : parseUpload(row);
    },
    putPart: ({ id, algorithm }, number, body) => {
      const etag = createHash('md5').update(body).digest();
      const checksum = CHECKSUMS[algorithm](body);
      const part = { number, etag: etag.toString('hex'), size: body.byteLength, modified: now(), checksum };
      const sql = 'INSERT OR REPLACE INTO s3_parts VALUES (?, ?, ?, ?, ?, ?, ?)';
      statement(sql).run(id, number, etag, part.size, part.modified, checksum, body);
      return part;
    },
    parts: (id) =>
      statement(
        'SELECT number, etag, size, modified, checksum FROM s3_parts WHERE upload = ? ORDER BY number',
      )
        .all(id)
        .map(parsePart),
    partBody: (id, number) =>
      bytesOf(
        statement('SELECT body FROM s3_parts WHERE upload = ? AND number = ?').get(id, number)?.['body'],
      ),
    remove: (id) => {
      statement('DELETE FROM s3_parts WHERE upload = ?').run(id);
      statement('DELETE FROM s3_uploads WHERE id = ?').run(id);
    },
    list: (bucket) =>
      statement('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, started, id')
        .all(bucket)
        .map(parseUpload),
  };
}

function parseUpload(row: Row): Upload {
  return {
    id: String(row['id']),
    bucket: Number(row['bucket']),
    key: String(row['key']),
    started: Number(row['started']),
    attributes: parseAttributes(String(row['attributes'])),
    algorithm: parseChecksumName(String(row['algorithm'])),
    checksumType: row['checksum_type'] === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT',
  };
}

function parsePart(row: Row): Part {
  return {
    number: Number(row['number']),
    etag: bytesOf(row['etag']).toString('hex'),
    size: Number(row['size']),
    modified: Number(row['modified']),
    checksum: String(row['checksum']),
  };
}

function parseChecksumName(kept: string): ChecksumName {
  return isChecksumName(kept) ? kept : 'crc64nvme';
}
