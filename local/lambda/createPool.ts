import type { Instance } from './instance.ts';
import type { Invocation } from './lambda.ts';

export type Pool = {
  readonly invoke: (payload: string) => Promise<Invocation>;
  /** Starts an instance before anybody asks, so that the first invocation does not pay for the import. */
  readonly warm: () => void;
  readonly stop: () => Promise<void>;
};

/** More instances of one function are slower on two cores, and each costs 30 MB. */
const MOST_INSTANCES = 2;
/** A second instance is worth its memory only when the queue is longer than this. */
const QUEUE_BEFORE_GROWING = 4;

/** The instances of one function: one invocation at a time each, the others wait in turn. */
export function createPool(create: () => Instance): Pool {
  let all: Instance[] = [];
  const idle: Instance[] = [];
  const queue: ((instance: Instance) => void)[] = [];

  const add = (): Instance => {
    const instance = create();
    all.push(instance);
    return instance;
  };
  const acquire = (): Promise<Instance> | Instance => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (all.length === 0 || (all.length < MOST_INSTANCES && queue.length >= QUEUE_BEFORE_GROWING))
      return add();
    return new Promise((resolve) => queue.push(resolve));
  };
  const release = (instance: Instance) => {
    const usable = instance.isBroken() ? replace(instance) : instance;
    if (usable === null) return;
    const next = queue.shift();
    if (next === undefined) idle.push(usable);
    else next(usable);
  };
  const replace = (broken: Instance): Instance | null => {
    void broken.stop();
    all = all.filter((one) => one !== broken);
    return queue.length > 0 ? add() : null;
  };

  return {
    invoke: async (payload) => {
      let instance = await acquire();
      if (instance.isBroken()) instance = replace(instance) ?? add();
      const invocation = await instance.invoke(payload);
      release(instance);
      return invocation;
    },
    warm: () => {
      if (all.length === 0) idle.push(add());
    },
    stop: async () => void (await Promise.all(all.map((instance) => instance.stop()))),
  };
}
