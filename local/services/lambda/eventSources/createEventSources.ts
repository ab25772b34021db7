import type { Clock } from '../../../ground/clock/clock.ts';
import type { Scheduler } from '../../../ground/scheduler/scheduler.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { QueueMessage, QueueReader, Sqs } from '../../sqs/sqs.ts';
import type { Lambda } from '../lambda.ts';
import { checkMapping } from './checkMapping.ts';
import type { EventSourceMapping, EventSources } from './eventSources.ts';
import { failedMessages, sqsEvent } from './sqsEvent.ts';

export type EventSourcesOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Pick<Lambda, 'invoke'>;
  /** Of a function in seconds; null when there is none of that name. */
  readonly timeoutOf: (functionArn: string) => number | null;
  readonly sqs: Sqs;
};

type Poller = { readonly pump: () => void; readonly stop: () => void };

const WINDOW = 'lambda.batchingWindow';
/** Lambda begins with so many batches of a queue at a time. */
const MAX_CONCURRENT_BATCHES = 5;
/** Lambda's limit of an event is 6 MB; the records have something beside their messages. */
const MAX_BATCH_BYTES = 6_000_000;

/** Hands the messages of queues to functions, in batches, at least once: also after a crash. */
export function createEventSources(options: EventSourcesOptions): EventSources {
  const pollers = new Map<string, Poller>();
  let isRunning = false;

  options.scheduler.handle(WINDOW, (id) => pollers.get(id)?.pump());
  return {
    define: (mapping) => {
      checkMapping(mapping, options);
      pollers.get(mapping.id)?.stop();
      const poller = createPoller(mapping, { ...options, isRunning: () => isRunning });
      pollers.set(mapping.id, poller);
      poller.pump();
    },
    remove: (id) => {
      pollers.get(id)?.stop();
      pollers.delete(id);
    },
    start: () => {
      isRunning = true;
      for (const { pump } of pollers.values()) pump();
    },
    stop: () => {
      isRunning = false;
      for (const { stop } of pollers.values()) stop();
    },
  };
}

type PollerOptions = EventSourcesOptions & { readonly isRunning: () => boolean };

function createPoller(mapping: EventSourceMapping, options: PollerOptions): Poller {
  const { store, clock, scheduler, lambda, sqs } = options;
  const { batchSize, batchingWindowSeconds, functionArn, queueArn } = mapping;
  const most = Math.min(mapping.maximumConcurrency, MAX_CONCURRENT_BATCHES);
  let underWay = 0;
  let isStopped = false;

  function pump(): void {
    while (hasRoom() && isDue() && store.transact(takeBatch)) {
      // the next batch
    }
  }
  function hasRoom(): boolean {
    return mapping.enabled && !isStopped && options.isRunning() && underWay < most;
  }
  /** A batch that is not full waits until its window has passed since its first message. */
  function isDue(): boolean {
    const { count, since } = reader.backlog(batchSize);
    const due = since + batchingWindowSeconds * 1000;
    if (count === 0) return false;
    if (count >= batchSize || due <= clock.now()) return true;
    if (due < (scheduler.dueOf(WINDOW, mapping.id) ?? Infinity)) scheduler.set(WINDOW, mapping.id, due);
    return false;
  }
  /** The function is invoked once it is on disk that its messages were received. */
  function takeBatch(): boolean {
    const messages = reader.receive({ limit: batchSize, bytes: MAX_BATCH_BYTES });
    if (messages.length === 0) return false;
    underWay += 1;
    store.afterCommit(() => void run(messages));
    return true;
  }
  async function run(messages: readonly QueueMessage[]): Promise<void> {
    const done = await invoke(messages);
    underWay -= 1;
    if (!options.isRunning()) return;
    if (done.length > 0) store.transact(() => reader.remove(done));
    pump();
  }
  /** Gives the messages that are done. The others come back when their visibility timeout is over, as on AWS. */
  async function invoke(messages: readonly QueueMessage[]): Promise<readonly QueueMessage[]> {
    try {
      const answer = await lambda.invoke(functionArn, sqsEvent(queueArn, messages));
      if (answer.functionError !== null) return [];
      if (!mapping.reportsFailures) return messages;
      const failed = failedMessages(answer.payload, messages);
      return messages.filter((message) => !failed.includes(message));
    } catch {
      return []; // the cloud could not run the function: a failure like any other
    }
  }

  const reader: QueueReader = sqs.read(queueArn, pump);
  return {
    pump,
    stop: () => {
      isStopped = true;
      reader.stop();
    },
  };
}
