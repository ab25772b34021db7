import { createHash } from 'node:crypto';

/** Revisions in a millisecond; more of them borrow from the next. */
export const REVISIONS_A_MILLISECOND = 1024;

const REVISION_BYTES = 8;
const PROOF_BYTES = 16;

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

/** 32 characters, as in S3: the revision behind a mask, and a proof of whose it is. */
export function versionId(bucket: string, key: string, revision: number): string {
  const bytes = Buffer.alloc(REVISION_BYTES);
  bytes.writeBigUInt64BE(BigInt(revision));
  const proof = digest(`${bucket}/${key}/${revision}`).subarray(0, PROOF_BYTES);
  const id = Buffer.concat([masked(bytes, bucket, key), proof]).toString('base64');
  return id.replaceAll('+', '_').replaceAll('/', '.');
}

/** Null for a text that is not a version id of the key. */
export function revisionOf(bucket: string, key: string, version: string): number | null {
  const bytes = Buffer.from(version.replaceAll('_', '+').replaceAll('.', '/'), 'base64');
  if (bytes.length !== REVISION_BYTES + PROOF_BYTES) return null;
  const revision = Number(masked(bytes.subarray(0, REVISION_BYTES), bucket, key).readBigUInt64BE());
  return versionId(bucket, key, revision) === version ? revision : null;
}

function masked(bytes: Buffer, bucket: string, key: string): Buffer {
  const mask = digest(`${bucket}/${key}`);
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
