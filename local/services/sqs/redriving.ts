import type { Store } from '../../ground/store/store.ts';
import type { Messages } from './records/messages.ts';
import type { Queue } from './sqsContext.ts';
import type { Waiting } from './waiting.ts';

export type RedrivingOptions = {
  readonly store: Store;
  readonly messages: Messages;
  readonly waiting: Waiting;
  readonly queueOf: (arn: string) => Queue | undefined;
  /** Sees to it that what has come into a queue is dropped in its time. */
  readonly planExpiry: (queue: Queue) => void;
};

/**
 * Moves what was received too often to the dead-letter queue when its turn comes to be received, as SQS does: of the
 * next `limit` messages none is left that was.
 */
export function createRedriving(options: RedrivingOptions): (queue: Queue, limit: number) => void {
  const { store, messages, waiting } = options;
  return ({ name, arn, redrive }, limit) => {
    const target = redrive === null ? undefined : options.queueOf(redrive.deadLetterQueueArn);
    if (redrive === null || target === undefined) return;
    store.transact(() => {
      const to = { limit, queue: target.name, receives: redrive.maxReceiveCount, source: arn };
      if (messages.redrive(name, to) === 0) return;
      while (messages.redrive(name, to) > 0); // others have come up in their place
      options.planExpiry(target);
      store.afterCommit(() => waiting.wake(target.name));
    });
  };
}
