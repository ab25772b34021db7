import type { Instance } from './instance.ts';
import { availableParallelism } from 'node:os';

export type Pool = {
  /** Gives work an instance; the instance is free again when the work is done. */
  readonly use: <T>(work: (instance: Instance) => Promise<T>) => Promise<T>;
  /** Starts an instance before anybody asks, so that the first invocation does not pay for the import. */
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type CreateInstance = (onBroken: () => void) => Instance;

/** More threads that compute are slower on two cores, and each costs 30 MB. */
const MAX_COMPUTING_INSTANCES = 2;
/** Threads that only wait cost nothing but memory; functions that invoke each other need several. */
const MAX_INSTANCES = 10;
/** A call that waits this long gets another instance. */
const PATIENCE_MILLISECONDS = 400;
/** While the processors are busy another thread only slows the others down; but no call waits behind another one without an end. */
const BUSY_PATIENCE_MILLISECONDS = 2000;
const BUSY_SHARE = 0.7;
const LOOK_MILLISECONDS = 200;
const MOSTLY_WAITING = 0.5;
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
  const takeProcessorShare = createProcessorShare();
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
    const loads = [...all].map((instance) => instance.takeLoad());
    const patience = takeProcessorShare() < BUSY_SHARE ? PATIENCE_MILLISECONDS : BUSY_PATIENCE_MILLISECONDS;
    const [first] = queue;
    if (first === undefined || performance.now() - first.since < patience) return false;
    if ([...all].some((instance) => !instance.isReady)) return false;
    const areWaiting = loads.every((load) => load < MOSTLY_WAITING);
    return all.size < (areWaiting ? MAX_INSTANCES : MAX_COMPUTING_INSTANCES);
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

/** Gives how much of the machine's processors this process took since it was last asked, from 0 to 1. */
function createProcessorShare(): () => number {
  let usage = process.cpuUsage();
  let at = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(usage);
    const microseconds = (performance.now() - at) * 1000 * availableParallelism();
    usage = process.cpuUsage();
    at = performance.now();
    return microseconds <= 0 ? 0 : (user + system) / microseconds;
  };
}
