const FINAL_TEXT = 0x81; // RFC 6455, section 5.2; a server's frames have no mask
const SHORT = 125;
const LONG = 65_535;

/** Text frames of the WebSocket protocol in one buffer, for one write. */
export function textFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const size = lengths.reduce((sum, length) => sum + headerSize(length) + length, 0);
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = writeHeader(buffer, at, lengths[index] ?? 0);
    at += buffer.write(text, at, 'utf8');
  }
  return buffer;
}

function headerSize(length: number): number {
  if (length <= SHORT) return 2;
  return length <= LONG ? 4 : 10;
}

function writeHeader(buffer: Buffer, at: number, length: number): number {
  buffer[at] = FINAL_TEXT;
  if (length <= SHORT) return buffer.writeUInt8(length, at + 1);
  if (length <= LONG) {
    buffer[at + 1] = 126;
    return buffer.writeUInt16BE(length, at + 2);
  }
  buffer[at + 1] = 127;
  return buffer.writeBigUInt64BE(BigInt(length), at + 2);
}
