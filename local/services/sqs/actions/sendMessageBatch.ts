import { answerBatch } from '../batch.ts';
import { SqsError } from '../errors.ts';
import { parseMessageAttributes, sizeOf } from '../messageAttributes.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import type { SqsInput } from '../wire/sqsInput.ts';
import { MAX_MESSAGE_BYTES, sendOne } from './sendMessage.ts';

export function sendMessageBatch(call: SqsCall): Output {
  const queue = queueOf(call);
  const entries = call.input.entries('Entries', 'SendMessageBatchRequestEntry');
  refuseSize(entries.map(({ input }) => input));
  return answerBatch(entries, (input) => sendOne(call, queue, input));
}

/** All messages together, with their attributes, may be as large as one. */
function refuseSize(inputs: readonly SqsInput[]): void {
  const size = inputs.reduce((sum, input) => sum + bytesOf(input), 0);
  if (size <= MAX_MESSAGE_BYTES) return;
  throw new SqsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${size} bytes.`,
    'AWS.SimpleQueueService.BatchRequestTooLong',
  );
}

/** An entry whose attributes cannot be read is refused by itself, later. */
function bytesOf(input: SqsInput): number {
  const body = input.value('MessageBody');
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : 0;
  try {
    return bytes + sizeOf(parseMessageAttributes(input.value('MessageAttributes')));
  } catch (error) {
    if (error instanceof SqsError) return bytes;
    throw error;
  }
}
