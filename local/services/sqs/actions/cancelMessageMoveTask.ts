import { resourceNotFound, unsupportedOperation } from '../errors.ts';
import type { Output, SqsCall } from '../sqsContext.ts';

/** A task here is over before anybody can cancel it. */
export function cancelMessageMoveTask({ context, input }: SqsCall): Output {
  if (!context.moveTasks.has(input.text('TaskHandle'))) {
    throw resourceNotFound('Task does not exist.');
  }
  throw unsupportedOperation('Only active tasks can be cancelled.');
}
