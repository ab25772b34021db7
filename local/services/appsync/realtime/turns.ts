/** Lets work that takes the thread begin one piece at a time, owners in turn: what waits for I/O comes between them. */
export type Turns = {
  /** Resolves when the owner may begin a piece of work. */
  readonly take: (owner: object) => Promise<void>;
};

export function createTurns(): Turns {
  const waiting = new Map<object, (() => void)[]>();
  let isTaken = false;

  function next(): void {
    const [first] = waiting;
    if (first === undefined) {
      isTaken = false;
      return;
    }
    const [owner, begins] = first;
    waiting.delete(owner); // and back behind the others, if it has more
    const begin = begins.shift();
    if (begins.length > 0) waiting.set(owner, begins);
    setImmediate(next);
    begin?.();
  }

  return {
    take: (owner) => {
      if (!isTaken) {
        isTaken = true;
        setImmediate(next);
        return Promise.resolve();
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const begins = waiting.get(owner);
      if (begins === undefined) waiting.set(owner, [resolve]);
      else begins.push(resolve);
      return promise;
    },
  };
}
