import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

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

/** Castagnoli's polynomial, reflected. */
const CRC32C_POLYNOMIAL = 0x82f63b78;

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ CRC32C_POLYNOMIAL : value >>> 1;
  return value;
});

function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The polynomial of NVM Express, reflected. */
const CRC64_POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

const CRC64_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ CRC64_POLYNOMIAL : value >> 1n;
  return value;
});
const CRC64_HIGH = Uint32Array.from(CRC64_TABLE, (value) => Number(value >> 32n));
const CRC64_LOW = Uint32Array.from(CRC64_TABLE, (value) => Number(value & 0xffffffffn));

/** Eight bytes, the highest first. Two halves of 32 bits: a BigInt a byte would be 50 times slower. */
function crc64nvme(data: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] ?? 0);
    high = (high >>> 8) ^ (CRC64_HIGH[index] ?? 0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0);
  bytes.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4);
  return bytes;
}
