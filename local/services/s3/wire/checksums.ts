import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { crc64nvme } from './crc64nvme.ts';

/** The checksums that S3 takes, by the end of their header's name; each gives base64. */
export const CHECKSUMS = {
  crc32: (data: Uint8Array) => numberText(crc32(data)),
  crc32c: (data: Uint8Array) => numberText(crc32c(data)),
  crc64nvme: (data: Uint8Array) => crc64nvme(data).toString('base64'),
  sha1: (data: Uint8Array) => createHash('sha1').update(data).digest('base64'),
  sha256: (data: Uint8Array) => createHash('sha256').update(data).digest('base64'),
  sha512: (data: Uint8Array) => createHash('sha512').update(data).digest('base64'),
  md5: (data: Uint8Array) => createHash('md5').update(data).digest('base64'),
} as const satisfies Readonly<Record<string, (data: Uint8Array) => string>>;

export type ChecksumName = keyof typeof CHECKSUMS;

export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum over the checksums of parts ends in their number. */
export function checksumType(value: string): ChecksumType {
  return value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';
}

export function isChecksumName(name: string): name is ChecksumName {
  return Object.hasOwn(CHECKSUMS, name);
}

function numberText(number: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes.toString('base64');
}
