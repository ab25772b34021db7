/** The polynomial of NVM Express, reflected. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

const TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
  return value;
});
const HIGH = Uint32Array.from(TABLE, (value) => Number(value >> 32n));
const LOW = Uint32Array.from(TABLE, (value) => Number(value & 0xffffffffn));

/** Eight bytes, the highest first. Two halves of 32 bits: a BigInt a byte would be 50 times slower. */
export function crc64nvme(data: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0);
    high = (high >>> 8) ^ (HIGH[index] ?? 0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0);
  bytes.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4);
  return bytes;
}
