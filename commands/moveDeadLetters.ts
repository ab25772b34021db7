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

/** Lets SQS move every dead letter to the queue that it came from; answers a sentence with their number. */
export async function moveDeadLetters(sqs: SQSClient, outputs: Outputs): Promise<string> {
  const { DeadLetterQueueArn: SourceArn } = outputs;
  if (SourceArn === undefined)
    throw new BadCommand('The outputs have no DeadLetterQueueArn: deploy this version first.');
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  const { Status, ApproximateNumberOfMessagesMoved: moved = 0, FailureReason } = await ended(sqs, SourceArn);
  if (Status === 'COMPLETED')
    return moved === 0
      ? 'The dead-letter queue is empty.'
      : `Dead letters moved back to their queues: ${moved}.`;
  throw new BadCommand(
    `Dead letters moved back to their queues: ${moved}. SQS stopped there: ${FailureReason ?? Status}. ${HINTS[FailureReason ?? ''] ?? 'Run the command again.'}`,
  );
}

const HINTS: Readonly<Record<string, string>> = {
  CouldNotDetermineMessageSource:
    'A message that EventBridge put there itself has no queue to go back to: take the order id from its detail.name and run npm run redrive -- ORDER_ID.',
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
