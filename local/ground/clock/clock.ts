/** Where every part of the cloud reads the time: milliseconds since 1970, like `Date.now()`. */
export type Clock = { readonly now: () => number };

/** A clock that can be put forward. `sharedOffset` holds the offset in milliseconds, for worker threads. */
export type AdjustableClock = Clock & {
  readonly advance: (milliseconds: number) => void;
  readonly offset: () => number;
  readonly sharedOffset: SharedArrayBuffer;
};

export function createAdjustableClock(offsetMilliseconds = 0): AdjustableClock {
  const sharedOffset = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(sharedOffset);
  Atomics.store(offset, 0, BigInt(offsetMilliseconds));
  const currentOffset = () => Number(Atomics.load(offset, 0));
  return {
    now: () => Date.now() + currentOffset(),
    advance: (milliseconds) => void Atomics.add(offset, 0, BigInt(milliseconds)),
    offset: currentOffset,
    sharedOffset,
  };
}
