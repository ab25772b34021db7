import { createPublisher } from './publish.ts';
import type { TestCloud } from '@countersign/local-cloud/testing';
import { outputsOf } from './cloud.ts';
import { quantile } from './quantile.ts';
import { subscribe } from './realtime.ts';
import type { Result } from './result.ts';

const WARM_UP_EVENTS = 5;
const EVENTS = 40;
const OPENED_AT_ONCE = 50;

export type FanOut = {
  readonly subscribers: number;
  /** The subscribers are spread over so many. */
  readonly connections: number;
  /** Milliseconds. */
  readonly goal: number;
};

/** One event to many subscribers: from the publishing request to the last delivery, the subscribers in this process. */
export async function measureFanOut(cloud: TestCloud, fanOut: FanOut): Promise<Result> {
  const { subscribers, connections, goal } = fanOut;
  const outputs = outputsOf(cloud);
  let heard = 0;
  let everyone = Promise.withResolvers<void>();
  const onEvent = () => {
    heard += 1;
    if (heard === subscribers) everyone.resolve();
  };
  const sockets = await openAll(connections, () => subscribe(outputs, subscribers / connections, onEvent));
  const publish = createPublisher(cloud);
  const latencies: number[] = [];
  for (let index = -WARM_UP_EVENTS; index < EVENTS; index += 1) {
    heard = 0;
    everyone = Promise.withResolvers<void>();
    const publishedAt = performance.now();
    await publish(`fan-out-${index}`);
    await everyone.promise;
    if (index >= 0) latencies.push(performance.now() - publishedAt);
  }
  for (const socket of sockets) socket.terminate();
  const what = `one event to ${subscribers} subscribers on ${connections} connections, the last delivery, p99`;
  return { what, value: quantile(latencies, 0.99), unit: 'ms', goal: { atMost: goal } };
}

async function openAll<T>(count: number, open: () => Promise<T>): Promise<readonly T[]> {
  const opened: T[] = [];
  while (opened.length < count) {
    const some = Math.min(OPENED_AT_ONCE, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: some }, open))));
  }
  return opened;
}
