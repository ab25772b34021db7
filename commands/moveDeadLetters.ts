import {
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { setTimeout } from 'node:timers/promises';
import { BadCommand, type Outputs } from './outputs.ts';

const POLL_MILLISECONDS = 1_000;
const MAX_WAIT_SECONDS = 300;

type Move = {
  readonly SourceArn: string;
  /** Left out, SQS moves each message to the queue that it came from. */
  readonly DestinationArn?: string;
};

/** Lets SQS move every dead letter to the queue that it was for; answers a sentence with their number. */
export async function moveDeadLetters(sqs: SQSClient, outputs: Outputs): Promise<string> {
  let moved = 0;
  const failures: string[] = [];
  for (const move of movesOf(outputs)) {
    await sqs.send(new StartMessageMoveTaskCommand(move));
    const task = await ended(sqs, move.SourceArn);
    moved += task.ApproximateNumberOfMessagesMoved ?? 0;
    if (task.Status !== 'COMPLETED')
      failures.push(task.FailureReason ?? task.Status ?? 'for an unknown reason');
  }
  const sentence = `Dead letters moved back to their queues: ${moved}.`;
  const [failure] = failures;
  if (failure !== undefined)
    throw new BadCommand(
      `${sentence} SQS stopped there: ${failure}. ${HINTS[failure] ?? 'Run the command again.'}`,
    );
  return moved === 0 ? 'The dead-letter queues are empty.' : sentence;
}

/** EventBridge puts events into one of the queues itself; of those SQS does not know where they belong. */
function movesOf(outputs: Outputs): readonly Move[] {
  const { DeadLetterQueueArn, ExecutionsDeadLetterQueueArn, ExecutionsQueueArn } = outputs;
  if (
    DeadLetterQueueArn === undefined ||
    ExecutionsDeadLetterQueueArn === undefined ||
    ExecutionsQueueArn === undefined
  )
    throw new BadCommand('The outputs have no ExecutionsDeadLetterQueueArn: deploy this version first.');
  return [
    { SourceArn: DeadLetterQueueArn },
    { SourceArn: ExecutionsDeadLetterQueueArn, DestinationArn: ExecutionsQueueArn },
  ];
}

const HINTS: Readonly<Record<string, string>> = {
  CouldNotDetermineMessageSource:
    'A message that SQS did not put there itself has no queue to go back to: take the order id from it and run npm run redrive -- ORDER_ID.',
};

async function ended(sqs: SQSClient, SourceArn: string): Promise<ListMessageMoveTasksResultEntry> {
  for (let waited = 0; waited < MAX_WAIT_SECONDS; waited += 1) {
    const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    const [latest] = Results;
    if (latest !== undefined && latest.Status !== 'RUNNING') return latest;
    await setTimeout(POLL_MILLISECONDS);
  }
  throw new BadCommand(
    `SQS is still moving dead letters after ${MAX_WAIT_SECONDS} s; aws sqs list-message-move-tasks --source-arn ${SourceArn} shows its progress.`,
  );
}
