import type { Instance } from './instance.ts';
import { createMachineLoad } from './machineLoad.ts';
import { needsInstance } from './needsInstance.ts';

export type Pool = {
  /** Gives work an instance; the instance is free again when the work is done. */
  readonly use: <T>(work: (instance: Instance) => Promise<T>) => Promise<T>;
  /** Starts an instance before anybody asks, so that the first invocation does not pay for the import. */
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type CreateInstance = (onBroken: () => void) => Instance;

const LOOK_MILLISECONDS = 200;
/** What a peak made is given back after this time. */
const IDLE_MILLISECONDS = 60_000;

type Waiting = { readonly since: number; readonly take: (instance: Instance) => void };

/** The instances of one function: one invocation at a time each, the others wait in turn. */
export function createPool(create: CreateInstance): Pool {
  const all = new Set<Instance>();
  const idle: Instance[] = [];
  const queue: Waiting[] = [];
  let lookTimer: NodeJS.Timeout | null = null;
  let shrinkTimer: NodeJS.Timeout | null = null;
  const machine = createMachineLoad();
  let isStopped = false;

  function add(): Instance {
    const instance = create(() => replace(instance));
    all.add(instance);
    if (all.size > 1) shrinkTimer ??= setTimeout(shrink, IDLE_MILLISECONDS).unref();
    return instance;
  }
  function give(instance: Instance): void {
    const next = queue.shift();
    if (next === undefined) idle.push(instance);
    else next.take(instance);
  }
  function remove(instance: Instance): void {
    all.delete(instance);
    const index = idle.indexOf(instance);
    if (index >= 0) idle.splice(index, 1);
  }
  /** At once, unless it never started: then the next invocation finds out whether that has changed. */
  function replace(broken: Instance): void {
    remove(broken);
    const isWanted = queue.length > 0 || (all.size === 0 && broken.wasUsed);
    if (!isStopped && isWanted) give(add());
  }
  function look(): void {
    lookTimer = null;
    if (queue.length > 0 && isShort()) give(add());
    watchQueue();
  }
  function isShort(): boolean {
    const [first] = queue;
    return needsInstance({
      waitedMilliseconds: first === undefined ? 0 : performance.now() - first.since,
      mainLoad: machine.takeMainLoad(),
      processorShare: machine.takeProcessorShare(),
      instances: [...all].map((instance) => ({
        isReady: instance.isReady,
        load: instance.takeLoad(),
        runningMilliseconds: instance.runningMilliseconds,
      })),
    });
  }
  function watchQueue(): void {
    if (queue.length > 0) lookTimer ??= setTimeout(look, LOOK_MILLISECONDS);
  }
  function shrink(): void {
    shrinkTimer = null;
    const surplus = all.size > 1 ? idle.shift() : undefined;
    if (surplus !== undefined) {
      remove(surplus);
      void surplus.stop();
    }
    if (all.size > 1) shrinkTimer = setTimeout(shrink, IDLE_MILLISECONDS).unref();
  }
  function acquire(): Promise<Instance> | Instance {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (all.size === 0) return add();
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
      if (all.has(instance)) give(instance);
      return result;
    },
    warm: async () => {
      if (all.size > 0 || isStopped) return;
      const instance = add();
      await instance.ready;
      if (all.has(instance)) give(instance);
    },
    stop: async () => {
      isStopped = true;
      for (const timer of [lookTimer, shrinkTimer]) if (timer !== null) clearTimeout(timer);
      await Promise.all([...all].map((instance) => instance.stop()));
    },
  };
}
