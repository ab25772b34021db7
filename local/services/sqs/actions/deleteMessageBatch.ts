import { answerBatch } from '../batch.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import { receiptOf } from './deleteMessage.ts';

export function deleteMessageBatch(call: SqsCall): Output {
  const { name } = queueOf(call);
  const entries = call.input.entries('Entries', 'DeleteMessageBatchRequestEntry');
  return answerBatch(entries, (input) => {
    call.context.messages.remove(name, receiptOf(input));
    return {};
  });
}
