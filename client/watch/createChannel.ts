/** Values pushed from one side and taken as an async iterator from the other. */
export type Channel<Value> = {
  readonly push: (value: Value) => void;
  /** No more values; those that wait are still taken. */
  readonly end: () => void;
  /** Those that wait are still taken, then the error is thrown once. */
  readonly fail: (error: Error) => void;
  readonly iterator: AsyncIterableIterator<Value, undefined>;
};

type Taker<Value> = {
  readonly resolve: (result: IteratorResult<Value, undefined>) => void;
  readonly reject: (error: Error) => void;
};

/** `closed` is called once, when the channel ends from either side. */
export function createChannel<Value>(closed: () => void): Channel<Value> {
  const values: Value[] = [];
  const takers: Taker<Value>[] = [];
  let error: Error | null = null;
  let isOpen = true;
  const finish = (reason: Error | null) => {
    if (!isOpen) return;
    isOpen = false;
    error = reason;
    serve();
    closed();
  };
  const serve = () => {
    for (let taker = takers[0]; taker !== undefined; taker = takers[0]) {
      if (values.length > 0) taker.resolve({ done: false, value: values.shift() as Value });
      else if (isOpen) return;
      else if (error === null) taker.resolve({ done: true, value: undefined });
      else {
        taker.reject(error);
        error = null;
      }
      takers.shift();
    }
  };
  const iterator: AsyncIterableIterator<Value, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () =>
      new Promise((resolve, reject) => {
        takers.push({ resolve, reject });
        serve();
      }),
    return: async () => {
      values.length = 0;
      finish(null);
      error = null;
      return { done: true, value: undefined };
    },
  };
  return {
    push: (value) => {
      if (!isOpen) return;
      values.push(value);
      serve();
    },
    end: () => finish(null),
    fail: finish,
    iterator,
  };
}
