import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Below, the saving is no disk page; above, the time to pack would keep everybody waiting. */
const WORTH_PACKING = { from: 200, to: 65_536 } as const;
const OPTIONS = { level: 1, memLevel: 5, windowBits: 12 } as const;

/** The body as it is kept: packed when that makes it shorter, so that its length tells which it is. */
export function packed(body: Uint8Array): Uint8Array {
  if (body.byteLength < WORTH_PACKING.from || body.byteLength > WORTH_PACKING.to) return body;
  const shorter = deflateRawSync(body, OPTIONS);
  return shorter.byteLength < body.byteLength ? shorter : body;
}

export function unpacked(kept: Uint8Array, size: number): Uint8Array {
  return kept.byteLength === size ? kept : inflateRawSync(kept, { maxOutputLength: Math.max(size, 1) });
}
