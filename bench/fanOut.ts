import { createPublisher } from './publish.ts';
import type { TestCloud } from '@countersign/local-cloud/testing';
import { outputsOf } from './cloud.ts';
import { useOf } from './processUse.ts';
import { quantile } from './quantile.ts';
import { subscribe } from './realtime.ts';
import type { Result } from './result.ts';

const WARM_UP_EVENTS = 60; // until then V8 still compiles the delivery
const EVENTS = 40;
const OPENED_AT_ONCE = 50;

export type FanOut = {
  readonly subscribers: number;
  /** The subscribers are spread over so many. */
  readonly connections: number;
  /** Milliseconds until the last delivery. */
  readonly goal: number;
  /** Milliseconds of the cloud's processor time; null: none. */
  readonly processorGoal: number | null;
};

/** One event to many subscribers: from the publishing request to the last delivery, the subscribers in this process. */
export async function measureFanOut(cloud: TestCloud, fanOut: FanOut): Promise<readonly Result[]> {
  const { subscribers, connections, goal, processorGoal } = fanOut;
  const outputs = outputsOf(cloud);
  let heard = 0;
  let everyone = Promise.withResolvers<void>();
  const onEvent = () => {
    heard += 1;
    if (heard === subscribers) everyone.resolve();
  };
  const sockets = await openAll(connections, () => subscribe(outputs, subscribers / connections, onEvent));
  const publish = createPublisher(cloud);
  const fire = async (name: string): Promise<number> => {
    heard = 0;
    everyone = Promise.withResolvers<void>();
    const publishedAt = performance.now();
    await publish(name);
    await everyone.promise;
    return performance.now() - publishedAt;
  };
  for (let index = 0; index < WARM_UP_EVENTS; index += 1) await fire(`warm-up-${index}`);
  const before = useOf(cloud.pid());
  const latencies: number[] = [];
  for (let index = 0; index < EVENTS; index += 1) latencies.push(await fire(`fan-out-${index}`));
  const after = useOf(cloud.pid());
  for (const socket of sockets) socket.terminate();
  const what = `one event to ${subscribers} subscribers on ${connections} connections`;
  const delivered: Result = {
    what: `${what}, the last delivery, p99`,
    value: quantile(latencies, 0.99),
    unit: 'ms',
    goal: { atMost: goal },
  };
  if (before === null || after === null) return [delivered];
  const used = (after.processorMilliseconds - before.processorMilliseconds) / EVENTS;
  const most = processorGoal === null ? null : { atMost: processorGoal };
  return [delivered, { what: `${what}, processor time`, value: used, unit: 'ms', goal: most }];
}

async function openAll<T>(count: number, open: () => Promise<T>): Promise<readonly T[]> {
  const opened: T[] = [];
  while (opened.length < count) {
    const some = Math.min(OPENED_AT_ONCE, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: some }, open))));
  }
  return opened;
}
