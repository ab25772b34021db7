/** Values pushed from one side and taken as an async iterator from the other. */
export type Channel<Value> = {
  readonly push: (value: Value) => void;
  /** No more values; those that wait are still taken. */
  readonly end: () => void;
  /** Those that wait are still taken, then the error is thrown once. */
  readonly fail: (error: unknown) => void;
  readonly iterator: AsyncIterableIterator<Value, undefined>;
};

/** `closed` is called once, when the channel ends from either side. */
export function createChannel<Value>(closed: () => void): Channel<Value> {
  const values: Value[] = [];
  const failures: unknown[] = [];
  const takers: (() => void)[] = [];
  let isOpen = true;
  const wake = () => {
    for (const taker of takers.splice(0)) taker();
  };
  const finish = () => {
    if (!isOpen) return;
    isOpen = false;
    wake();
    closed();
  };
  const iterator: AsyncIterableIterator<Value, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      for (const value of values.splice(0, 1)) return { done: false, value };
      for (const failure of failures.splice(0)) throw failure;
      if (!isOpen) return { done: true, value: undefined };
      await new Promise<void>((resolve) => takers.push(resolve));
      return iterator.next();
    },
    return: async () => {
      values.length = 0;
      finish();
      failures.length = 0;
      return { done: true, value: undefined };
    },
  };
  return {
    push: (value) => {
      if (!isOpen) return;
      values.push(value);
      wake();
    },
    end: finish,
    fail: (error) => {
      if (isOpen) failures.push(error);
      finish();
    },
    iterator,
  };
}
