// A state of the model is a row of small numbers. Named groups of them make it readable; one array of bytes makes
// millions of them fit into memory.

export type Memory = { bytes: Uint8Array; width: number };
/** Named bytes of the memory: plain numbers from 0 to 255 to read and to write. */
export type Group<Name extends string> = Record<Name, number> & {
  readonly start: number;
  readonly size: number;
};

const MAX_WIDTH_BYTES = 256;

export const createMemory = (): Memory => ({ bytes: new Uint8Array(MAX_WIDTH_BYTES), width: 0 });

/** Makes a kind of group. Groups of one kind share their accessors, which keeps them quick. */
export function groupOf<Name extends string>(...names: readonly Name[]): (memory: Memory) => Group<Name> {
  class Bytes {
    readonly memory: Memory;
    readonly start: number;
    readonly size = names.length;
    constructor(memory: Memory) {
      this.memory = memory;
      this.start = memory.width;
      memory.width += names.length;
    }
  }
  for (const [index, name] of names.entries())
    Object.defineProperty(Bytes.prototype, name, {
      get(this: Bytes) {
        return this.memory.bytes[this.start + index];
      },
      set(this: Bytes, value: number) {
        this.memory.bytes[this.start + index] = value;
      },
    });
  // The accessors were defined just above, where the compiler does not look.
  return (memory) => new Bytes(memory) as unknown as Group<Name>;
}

export const clear = (memory: Memory, { start, size }: { start: number; size: number }): void =>
  void memory.bytes.fill(0, start, start + size);
