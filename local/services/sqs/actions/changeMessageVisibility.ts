import { invalidParameter, missingParameter } from '../errors.ts';
import { type Output, type Queue, queueOf, type SqsCall, type SqsContext } from '../sqsContext.ts';
import type { SqsInput } from '../wire/sqsInput.ts';
import { receiptOf } from './deleteMessage.ts';
import { MAX_VISIBILITY_SECONDS } from './receiveMessage.ts';

export function changeMessageVisibility(call: SqsCall): Output {
  return changeOne(call.context, queueOf(call), call.input);
}

export function changeOne(context: SqsContext, { name }: Queue, input: SqsInput): Output {
  const receipt = receiptOf(input);
  if (input.value('VisibilityTimeout') === undefined) throw missingParameter('VisibilityTimeout');
  const seconds = input.number('VisibilityTimeout', {
    from: 0,
    to: MAX_VISIBILITY_SECONDS,
    otherwise: 0,
  });
  if (!context.messages.hide(name, receipt, seconds)) {
    throw invalidParameter(
      `Value ${input.text('ReceiptHandle')} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  context.waiting.wake(name);
  return {};
}
