import { hash } from 'node:crypto';

/** Revisions in a millisecond; more of them borrow from the next. */
export const REVISIONS_A_MILLISECOND = 1024;

const ID_BYTES = 24;
/** A revision has two halves of 32 bits. */
const HALF = 2 ** 32;

type Revised = { readonly revision: number };

/** In milliseconds, but S3 tells whole seconds, whatever the operation. */
export function lastModified({ revision }: Revised): number {
  return wholeSecond(revision / REVISIONS_A_MILLISECOND);
}

/** A time as S3's documents have it. */
export function timeText(milliseconds: number): string {
  return new Date(wholeSecond(milliseconds)).toISOString();
}

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/** Grows with every write of a key, as S3's does: to be compared as text. */
export function sequencer(revision: number): string {
  return revision.toString(16).toUpperCase().padStart(18, '0');
}

/** 32 characters, as in S3: the revision three times, behind a mask that only its key has. */
export function versionId(bucket: string, key: string, revision: number): string {
  return idOf(maskOf(bucket, key), revision);
}

/** Null for a text that is not a version id of the key. */
export function revisionOf(bucket: string, key: string, version: string): number | null {
  const id = Buffer.from(version.replaceAll('_', '+').replaceAll('.', '/'), 'base64');
  if (id.length !== ID_BYTES) return null;
  const mask = maskOf(bucket, key);
  const [high, low] = [id.readUInt32BE(0) ^ mask.readUInt32BE(0), id.readUInt32BE(4) ^ mask.readUInt32BE(4)];
  const revision = (high >>> 0) * HALF + (low >>> 0);
  return idOf(mask, revision) === version ? revision : null;
}

function idOf(mask: Buffer, revision: number): string {
  const id = Buffer.allocUnsafe(ID_BYTES);
  for (let place = 0; place < ID_BYTES; place += 4) {
    const half = place % 8 === 0 ? Math.floor(revision / HALF) : revision % HALF;
    id.writeUInt32BE((mask.readUInt32BE(place) ^ half) >>> 0, place);
  }
  return id.toString('base64').replaceAll('+', '_').replaceAll('/', '.');
}

function maskOf(bucket: string, key: string): Buffer {
  return hash('sha256', `${bucket}/${key}`, 'buffer');
}
