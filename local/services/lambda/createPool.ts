import { type CreateInstance, createInstances } from './createInstances.ts';
import type { Instance } from './instance.ts';
import { createMachineLoad } from './machineLoad.ts';
import { needsInstance, type PoolReadings } from './needsInstance.ts';

export type Pool = {
  /** Gives work an instance; the instance is free again when the work is done. Urgent: the caller's time runs while it waits. */
  readonly use: <T>(work: (instance: Instance) => Promise<T>, isUrgent: boolean) => Promise<T>;
  /** Starts an instance before the first invocation, which then does not pay for the import. */
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const LOOK_MILLISECONDS = 100;

type Waiting = {
  readonly since: number;
  readonly isUrgent: boolean;
  readonly take: (instance: Instance) => void;
};

/** The instances of one function: one invocation at a time each, the others wait in turn. */
export function createPool(create: CreateInstance): Pool {
  const instances = createInstances(create, replace);
  const queue: Waiting[] = [];
  const machine = createMachineLoad();
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
    if (queue.length === 0) return;
    const waiting = waitingIn(queue);
    const load = { mainLoad: machine.takeMainLoad(), processorShare: machine.takeProcessorShare() };
    if (needsInstance({ ...waiting, ...load, instances: instances.takeLoads() })) give(instances.add());
    watchQueue();
  }
  function watchQueue(): void {
    if (queue.length > 0) lookTimer ??= setTimeout(look, LOOK_MILLISECONDS);
  }
  function acquire(isUrgent: boolean): Promise<Instance> | Instance {
    const free = instances.takeFree();
    if (free !== undefined) return free;
    if (instances.size() === 0) return instances.add();
    const { promise, resolve } = Promise.withResolvers<Instance>();
    queue.push({ since: performance.now(), isUrgent, take: resolve });
    watchQueue();
    return promise;
  }

  return {
    use: async (work, isUrgent) => {
      const found = acquire(isUrgent);
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

function waitingIn(
  queue: readonly Waiting[],
): Pick<PoolReadings, 'waitedMilliseconds' | 'urgentMilliseconds'> {
  const now = performance.now();
  const waitedSince = (waiting: Waiting | undefined) => (waiting === undefined ? 0 : now - waiting.since);
  return {
    waitedMilliseconds: waitedSince(queue[0]),
    urgentMilliseconds: waitedSince(queue.find(({ isUrgent }) => isUrgent)),
  };
}
