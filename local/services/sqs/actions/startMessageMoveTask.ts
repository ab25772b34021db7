import { invalidParameter, resourceNotFound } from '../errors.ts';
import type { ReceivedMessage } from '../records/messages.ts';
import { parseReceiptHandle } from '../records/receipts.ts';
import type { Output, Queue, SqsCall, SqsContext } from '../sqsContext.ts';

const MAX_MESSAGES_PER_SECOND = 500;
const MESSAGES_AT_ONCE = { limit: 1000, bytes: 50_000_000, hideSeconds: 0 } as const;

/** Moves dead letters back to where they came from, or to a queue that the caller names, as new messages. */
export function startMessageMoveTask({ context, input }: SqsCall): Output {
  const source = queueWithArn(context, input.text('SourceArn'), 'SourceArn');
  const given = input.optionalText('DestinationArn');
  const destination = given === null ? null : queueWithArn(context, given, 'DestinationArn');
  const rate = input.number('MaxNumberOfMessagesPerSecond', {
    from: 1,
    to: MAX_MESSAGES_PER_SECOND,
    otherwise: MAX_MESSAGES_PER_SECOND,
  });
  refuseUnlessDeadLetters(context, source);
  const task = {
    sourceArn: source.arn,
    destinationArn: given,
    messagesPerSecond: input.value('MaxNumberOfMessagesPerSecond') === undefined ? null : rate,
    started: context.clock.now(),
  };
  const moved = moveAll(context, source, destination);
  return { TaskHandle: context.moveTasks.add({ ...task, ...moved }) };
}

export function queueWithArn({ queues }: SqsContext, arn: string, parameter: string): Queue {
  const queue = [...queues.values()].find((candidate) => candidate.arn === arn);
  if (queue !== undefined) return queue;
  throw resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

function refuseUnlessDeadLetters({ queues }: SqsContext, { arn }: Queue): void {
  if ([...queues.values()].some(({ redrive }) => redrive?.deadLetterQueueArn === arn)) return;
  throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
}

type Moved = { readonly moved: number; readonly unmoved: number };

function moveAll(context: SqsContext, source: Queue, destination: Queue | null): Moved {
  for (let moved = 0; ;) {
    const messages = context.receive(source, MESSAGES_AT_ONCE);
    const count = messages.filter((message) => moveOne(context, { message, source, destination })).length;
    moved += count;
    if (count === 0) return { moved, unmoved: messages.length };
  }
}

type Move = {
  readonly message: ReceivedMessage;
  readonly source: Queue;
  readonly destination: Queue | null;
};

/** False for a message that was sent to the dead-letter queue by hand, where the caller names no other. */
function moveOne(context: SqsContext, { message, source, destination }: Move): boolean {
  const { body, attributes, system, sender, deadLetterSource } = message;
  const target =
    destination ?? [...context.queues.values()].find(({ arn }) => arn === deadLetterSource) ?? null;
  const receipt = parseReceiptHandle(message.receiptHandle);
  if (target === null || receipt === null) return false;
  context.messages.remove(source.name, receipt);
  context.send(target, { body, attributes, system, sender, delaySeconds: target.delaySeconds });
  return true;
}
