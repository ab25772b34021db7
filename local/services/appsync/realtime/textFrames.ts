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

/** The text of a `data` frame before its payload, for one subscription. */
export function dataFrameStart(id: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(id)},"type":"data","payload":`);
}

const END_OF_FRAME = 0x7d; // }

/** A `data` frame in one buffer: the payload was encoded once for all who get the same. */
export function dataFrame(start: Buffer, payload: Buffer): Buffer {
  const length = start.length + payload.length + 1;
  const frame = Buffer.allocUnsafe(headerSize(length) + length);
  const at = writeHeader(frame, 0, length);
  frame.set(start, at);
  frame.set(payload, at + start.length);
  frame[frame.length - 1] = END_OF_FRAME;
  return frame;
}
