import { parseAttributes, type Attributes } from './attributes.ts';

export type ObjectSummary = {
  readonly bucket: number;
  readonly key: string;
  readonly revision: number;
  /** Hexadecimal MD5, without quotation marks; of a multipart upload with the number of its parts. */
  readonly etag: string;
  readonly size: number;
  readonly attributes: Attributes;
  /** Whether it is what the key stands for now; an older version is kept in a table of its own. */
  readonly isCurrent: boolean;
};

export type Row = Readonly<Record<string, unknown>>;

export const SUMMARY_COLUMNS = 'bucket, key, revision, etag, size, attributes';
/** No byte of UTF-8 is 0xFF: with it a prefix comes after every key that it begins. */
const AFTER_ANY_KEY = Buffer.from([0xff]);

export function parseSummary(row: Row, isCurrent: boolean): ObjectSummary {
  return {
    bucket: Number(row['bucket']),
    key: bytesOf(row['key']).toString('utf8'),
    revision: Number(row['revision']),
    etag: etagOf(bytesOf(row['etag'])),
    size: Number(row['size']),
    attributes: parseAttributes(String(row['attributes'])),
    isCurrent,
  };
}

const MD5_BYTES = 16;

/** Kept as 16 bytes, and two more for the number of parts. */
export function etagOf(bytes: Buffer): string {
  const hash = bytes.subarray(0, MD5_BYTES).toString('hex');
  return bytes.length > MD5_BYTES ? `${hash}-${bytes.readUInt16BE(MD5_BYTES)}` : hash;
}

export function bytesOf(value: unknown): Buffer {
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.alloc(0);
}

/** The first bytes after every key that begins with `prefix`. */
export function afterPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.from(prefix), AFTER_ANY_KEY]);
}
