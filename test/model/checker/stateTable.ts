/** The states that were reached, each once, by number. Rows are kept and compared whole: no two are taken for one. */
export type StateTable = {
  readonly size: () => number;
  /** Answers the number of the row, and takes it in when it is new. */
  readonly add: (row: Uint8Array) => number;
  /** Copies a row out. */
  readonly load: (index: number, into: Uint8Array) => void;
};

const ROWS_PER_CHUNK = 65_536;
const FIRST_SLOTS = 1 << 20;

export function createStateTable(width: number): StateTable {
  const chunks: Uint8Array[] = [];
  let slots = new Int32Array(FIRST_SLOTS); // the number of a row, and one more; 0: free
  let hashes = new Int32Array(FIRST_SLOTS);
  let size = 0;

  function hashOf(row: Uint8Array): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < width; index += 1)
      hash = Math.imul(hash ^ (row[index] ?? 0), 0x01000193) ^ (hash >>> 15);
    return hash;
  }

  function isRow(index: number, row: Uint8Array): boolean {
    const chunk = chunks[Math.floor(index / ROWS_PER_CHUNK)];
    const start = (index % ROWS_PER_CHUNK) * width;
    for (let offset = 0; offset < width; offset += 1)
      if (chunk?.[start + offset] !== row[offset]) return false;
    return true;
  }

  function grow(): void {
    const [oldSlots, oldHashes] = [slots, hashes];
    slots = new Int32Array(oldSlots.length * 2);
    hashes = new Int32Array(oldSlots.length * 2);
    for (const [old, slot] of oldSlots.entries()) {
      const hash = oldHashes[old] ?? 0;
      if (slot === 0) continue;
      let at = hash & (slots.length - 1);
      while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
      slots[at] = slot;
      hashes[at] = hash;
    }
  }

  function append(row: Uint8Array): number {
    if (size % ROWS_PER_CHUNK === 0) chunks.push(new Uint8Array(ROWS_PER_CHUNK * width));
    chunks.at(-1)?.set(row.subarray(0, width), (size % ROWS_PER_CHUNK) * width);
    size += 1;
    return size - 1;
  }

  return {
    size: () => size,
    add: (row) => {
      if (size * 2 > slots.length) grow();
      const hash = hashOf(row);
      let at = hash & (slots.length - 1);
      for (let slot = slots[at] ?? 0; slot !== 0; slot = slots[at] ?? 0) {
        if (hashes[at] === hash && isRow(slot - 1, row)) return slot - 1;
        at = (at + 1) & (slots.length - 1);
      }
      slots[at] = size + 1;
      hashes[at] = hash;
      return append(row);
    },
    load: (index, into) => {
      const start = (index % ROWS_PER_CHUNK) * width;
      const chunk = chunks[Math.floor(index / ROWS_PER_CHUNK)];
      if (chunk !== undefined) into.set(chunk.subarray(start, start + width));
    },
  };
}
