import { answerBatch } from '../batch.ts';
import { queueOf } from '../queueOf.ts';
import type { Output, SqsCall } from '../sqsContext.ts';
import { sendOne } from './sendMessage.ts';

export function sendMessageBatch(call: SqsCall): Output {
  const queue = queueOf(call);
  const entries = call.input.entries('Entries', 'SendMessageBatchRequestEntry');
  return answerBatch(entries, (input) => sendOne(call, queue, input));
}
