import { answerBatch } from '../batch.ts';
import { SqsError } from '../errors.ts';
import { queueOf } from '../queueOf.ts';
import type { Output, SqsCall } from '../sqsContext.ts';
import type { SqsInput } from '../sqsInput.ts';
import { LARGEST_MESSAGE_BYTES, sendOne } from './sendMessage.ts';

export function sendMessageBatch(call: SqsCall): Output {
  const queue = queueOf(call);
  const entries = call.input.entries('Entries', 'SendMessageBatchRequestEntry');
  refuseSize(entries.map(({ input }) => input));
  return answerBatch(entries, (input) => sendOne(call, queue, input));
}

/** All bodies together may be as large as one; SQS counts attributes too. */
function refuseSize(inputs: readonly SqsInput[]): void {
  const size = inputs.reduce((sum, input) => sum + bodyBytes(input.value('MessageBody')), 0);
  if (size <= LARGEST_MESSAGE_BYTES) return;
  throw new SqsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${LARGEST_MESSAGE_BYTES} bytes. You have sent ${size} bytes.`,
    'AWS.SimpleQueueService.BatchRequestTooLong',
  );
}

function bodyBytes(body: unknown): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : 0;
}
