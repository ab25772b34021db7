import type { Instance } from './instance.ts';
import type { InstanceReadings } from './needsInstance.ts';

/** The instances of a pool, those that work and those that are free. */
export type Instances = {
  readonly size: () => number;
  /** Whether it is neither broken nor stopped. */
  readonly has: (instance: Instance) => boolean;
  readonly add: () => Instance;
  /** Keeps a free instance for `takeFree`; a surplus one is stopped when it has been free for a minute. */
  readonly rest: (instance: Instance) => void;
  /** Stops a free instance in half a minute unless it has been used by then. */
  readonly stopUnused: (instance: Instance) => void;
  readonly takeFree: () => Instance | undefined;
  /** The load of each since it was taken last. */
  readonly takeLoads: () => readonly InstanceReadings[];
  readonly stop: () => Promise<void>;
};

export type CreateInstance = (onBroken: () => void) => Instance;

/** What a peak made is given back after this time. */
const IDLE_MILLISECONDS = 60_000;
/** For an instance that was started in advance: it takes 29 MB, and the next one finds its code compiled on disk. */
const UNUSED_MILLISECONDS = 30_000;

/** `onBroken` hears of an instance that is not one of them any more. */
export function createInstances(create: CreateInstance, onBroken: (broken: Instance) => void): Instances {
  const all = new Set<Instance>();
  /** The one that has rested longest is the first. */
  const idle: { readonly instance: Instance; readonly since: number }[] = [];
  let shrinkTimer: NodeJS.Timeout | null = null;

  function remove(instance: Instance): void {
    all.delete(instance);
    const index = idle.findIndex((resting) => resting.instance === instance);
    if (index >= 0) idle.splice(index, 1);
  }
  function release(instance: Instance): void {
    remove(instance);
    void instance.stop();
  }
  function shrink(): void {
    shrinkTimer = null;
    const [surplus] = idle;
    const hasRested = surplus !== undefined && performance.now() - surplus.since >= IDLE_MILLISECONDS;
    if (all.size > 1 && hasRested) release(surplus.instance);
    if (all.size > 1) shrinkTimer = setTimeout(shrink, IDLE_MILLISECONDS).unref();
  }

  return {
    size: () => all.size,
    has: (instance) => all.has(instance),
    add: () => {
      const instance = create(() => {
        remove(instance);
        onBroken(instance);
      });
      all.add(instance);
      if (all.size > 1) shrinkTimer ??= setTimeout(shrink, IDLE_MILLISECONDS).unref();
      return instance;
    },
    rest: (instance) => void idle.push({ instance, since: performance.now() }),
    stopUnused: (instance) => {
      const stop = () => {
        if (!instance.wasUsed && idle.some((resting) => resting.instance === instance)) release(instance);
      };
      setTimeout(stop, UNUSED_MILLISECONDS).unref();
    },
    takeFree: () => idle.pop()?.instance,
    takeLoads: () =>
      [...all].map((instance) => ({
        isReady: instance.isReady,
        load: instance.takeLoad(),
        runningMilliseconds: instance.runningMilliseconds,
      })),
    stop: async () => {
      if (shrinkTimer !== null) clearTimeout(shrinkTimer);
      await Promise.all([...all].map((instance) => instance.stop()));
    },
  };
}
