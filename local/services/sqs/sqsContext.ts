import type { Clock } from '../../ground/clock/clock.ts';
import type { Messages, ReceivedMessage, Take } from './records/messages.ts';
import type { MoveTasks } from './records/moveTasks.ts';
import type { SqsInput } from './wire/sqsInput.ts';
import type { QueueDefinition } from './sqs.ts';
import type { SystemAttributes } from './systemAttributes.ts';
import type { Waiting } from './waiting.ts';
import { ACCOUNT_ID } from '../../ground/account.ts';
import { QueueDoesNotExist } from './errors.ts';

/** What every SQS operation works with. */
export type SqsContext = {
  readonly clock: Clock;
  readonly messages: Messages;
  readonly moveTasks: MoveTasks;
  readonly waiting: Waiting;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Sends now, in the open transaction, and wakes the waiting callers once it is on disk. Answers the message's id. */
  readonly send: (queue: Queue, message: Sending) => string;
  /** Takes messages that may be seen and hides them, after what is too old or was received too often is gone. */
  readonly receive: (
    queue: Queue,
    take: Take & { readonly hideSeconds: number },
  ) => readonly ReceivedMessage[];
};

export type Queue = QueueDefinition & { readonly created: number };

export type Sending = {
  readonly body: string;
  readonly attributes: Parameters<Messages['add']>[0]['attributes'];
  readonly system: SystemAttributes;
  readonly sender: string;
  readonly delaySeconds: number;
};

export type Output = Readonly<Record<string, unknown>>;

/** An operation, once the input was read. */
export type SqsCall = {
  readonly context: SqsContext;
  readonly input: SqsInput;
  /** The caller's access key id. */
  readonly sender: string;
  /** Whether the caller hears no answer any more. */
  readonly isGone: () => boolean;
};

export type SqsAction = (call: SqsCall) => Output | Promise<Output>;

/** The queue that `QueueUrl` names. Only its path counts: the port differs from run to run. */
export function queueOf({ context, input }: SqsCall): Queue {
  const url = input.text('QueueUrl');
  const [, account, name = ''] = /(?:^|\/)(\d{12})\/([A-Za-z0-9_.-]{1,80})$/.exec(url) ?? [];
  const queue = account === ACCOUNT_ID ? context.queues.get(name) : undefined;
  const found = queue ?? [...context.queues.values()].find((candidate) => candidate.url === url);
  if (found === undefined) throw new QueueDoesNotExist();
  return found;
}
