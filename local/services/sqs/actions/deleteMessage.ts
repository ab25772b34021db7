import { invalidReceiptHandle } from '../errors.ts';
import { parseReceiptHandle, type Receipt } from '../records/receipts.ts';
import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import type { SqsInput } from '../wire/sqsInput.ts';

/** An older receipt is accepted and deletes nothing, as in SQS: somebody else is at work on the message. */
export function deleteMessage(call: SqsCall): Output {
  call.context.messages.remove(queueOf(call).name, receiptOf(call.input));
  return {};
}

export function receiptOf(input: SqsInput): Receipt {
  const handle = input.text('ReceiptHandle');
  const receipt = parseReceiptHandle(handle);
  if (receipt === null) throw invalidReceiptHandle(handle);
  return receipt;
}
