/** The invocations whose callers wait for an answer. */
export function createAwaited() {
  const pending = new Set<Promise<unknown>>();
  return {
    track: <T>(invocation: Promise<T>): Promise<T> => {
      pending.add(invocation);
      void invocation.finally(() => pending.delete(invocation)).catch(() => {});
      return invocation;
    },
    hasSome: () => pending.size > 0,
    settledWithin: async (milliseconds: number): Promise<void> => {
      if (pending.size === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      void Promise.allSettled(pending).then(() => resolve());
      await promise;
      clearTimeout(timer);
    },
  };
}
