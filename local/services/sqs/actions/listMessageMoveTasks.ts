import type { MoveTask } from '../records/moveTasks.ts';
import type { Output, SqsCall } from '../sqsContext.ts';
import { queueWithArn } from './startMessageMoveTask.ts';

const MAX_RESULTS = 10;

export function listMessageMoveTasks({ context, input }: SqsCall): Output {
  const { arn } = queueWithArn(context, input.text('SourceArn'), 'SourceArn');
  const limit = input.number('MaxResults', { from: 1, to: MAX_RESULTS, otherwise: 1 });
  return { Results: context.moveTasks.list(arn, limit).map(describe) };
}

function describe(task: MoveTask): Output {
  return {
    Status: task.unmoved > 0 ? 'FAILED' : 'COMPLETED',
    SourceArn: task.sourceArn,
    ...(task.destinationArn === null ? {} : { DestinationArn: task.destinationArn }),
    ...(task.messagesPerSecond === null ? {} : { MaxNumberOfMessagesPerSecond: task.messagesPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.moved + task.unmoved,
    ...(task.unmoved > 0 ? { FailureReason: 'CouldNotDetermineMessageSource' } : {}),
    StartedTimestamp: task.started,
  };
}
