import { answerBatch } from '../batch.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import { changeOne } from './changeMessageVisibility.ts';

export function changeMessageVisibilityBatch(call: SqsCall): Output {
  const queue = queueOf(call);
  const entries = call.input.entries('Entries', 'ChangeMessageVisibilityBatchRequestEntry');
  return answerBatch(entries, (input) => changeOne(call.context, queue, input));
}
