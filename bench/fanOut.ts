import { createPublisher } from './publish.ts';
import type { BenchCloud } from './localCloud.ts';
import { quantile } from './quantile.ts';
import { subscribe } from './realtime.ts';
import type { Result } from './result.ts';

const SUBSCRIPTIONS_A_CONNECTION = 10;
const WARM_UP_EVENTS = 5;
const EVENTS = 40;

/** One event to many subscribers: from the publishing request to the last delivery, the subscribers in this process. */
export async function measureFanOut(cloud: BenchCloud, subscribers: number, goal: number): Promise<Result> {
  const outputs = cloud.outputs();
  let heard = 0;
  let everyone = Promise.withResolvers<void>();
  const onEvent = () => {
    heard += 1;
    if (heard === subscribers) everyone.resolve();
  };
  const sockets = [];
  for (let count = 0; count < subscribers; count += SUBSCRIPTIONS_A_CONNECTION) {
    sockets.push(await subscribe(outputs, SUBSCRIPTIONS_A_CONNECTION, onEvent));
  }
  const publish = createPublisher(outputs, cloud.data);
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
  const what = `one event to ${subscribers} subscribers, the last delivery, p99`;
  return { what, value: quantile(latencies, 0.99), unit: 'ms', goal: { atMost: goal } };
}
