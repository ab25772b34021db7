import { type CreateInstance, createInstances } from './createInstances.ts';
import type { Instance } from './instance.ts';
import { createProcessorShare } from './processorShare.ts';
import { needsInstance } from './needsInstance.ts';

export type Pool = {
  /** Gives work an instance; the instance is free again when the work is done. */
  readonly use: <T>(work: (instance: Instance) => Promise<T>) => Promise<T>;
  /** Starts an instance before the first invocation, which then does not pay for the import. */
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const LOOK_MILLISECONDS = 100;

type Waiting = { readonly since: number; readonly take: (instance: Instance) => void };

/** The instances of one function: one invocation at a time each, the others wait in turn. */
export function createPool(create: CreateInstance): Pool {
  const instances = createInstances(create, replace);
  const queue: Waiting[] = [];
  const share = createProcessorShare();
  let lookTimer: NodeJS.Timeout | null = null;
  let isStopped = false;

  function give(instance: Instance): void {
    const next = queue.shift();
    if (next === undefined) instances.rest(instance);
    else next.take(instance);
  }
  /** At once, unless it never started: then the next invocation finds out whether that has changed. */
  function replace(broken: Instance): void {
    const isWanted = queue.length > 0 || (instances.size() === 0 && broken.wasUsed);
    if (!isStopped && isWanted) give(instances.add());
  }
  function look(): void {
    lookTimer = null;
    const [first] = queue;
    if (first === undefined) return;
    const waitedMilliseconds = performance.now() - first.since;
    const readings = { waitedMilliseconds, processorShare: share.take(), instances: instances.takeLoads() };
    if (needsInstance(readings)) give(instances.add());
    watchQueue();
  }
  function watchQueue(): void {
    if (queue.length > 0) lookTimer ??= setTimeout(look, LOOK_MILLISECONDS);
  }
  function acquire(): Promise<Instance> | Instance {
    const free = instances.takeFree();
    if (free !== undefined) return free;
    if (instances.size() === 0) return instances.add();
    const { promise, resolve } = Promise.withResolvers<Instance>();
    queue.push({ since: performance.now(), take: resolve });
    watchQueue();
    return promise;
  }

  return {
    use: async (work) => {
      const found = acquire();
      const instance = found instanceof Promise ? await found : found;
      const result = await work(instance);
      if (instances.has(instance)) give(instance);
      return result;
    },
    warm: async () => {
      if (instances.size() > 0 || isStopped) return;
      const instance = instances.add();
      await instance.ready;
      if (instances.has(instance)) give(instance);
      instances.stopUnused(instance);
    },
    stop: async () => {
      isStopped = true;
      if (lookTimer !== null) clearTimeout(lookTimer);
      await instances.stop();
    },
  };
}
