import { createHash } from 'node:crypto';
import { invalidParameter, SqsError } from '../errors.ts';
import { md5OfAttributes, parseMessageAttributes, sizeOf } from '../messageAttributes.ts';
import { type Output, type Queue, queueOf, type SqsCall } from '../sqsContext.ts';
import type { SqsInput } from '../wire/sqsInput.ts';
import { md5OfSystemAttributes, parseSystemAttributes } from '../systemAttributes.ts';

const MAX_DELAY_SECONDS = 900;
/** Of SQS; a queue may have a smaller limit. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** What XML 1.0 allows, as SQS has it. */
const CONTENT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export function sendMessage(call: SqsCall): Output {
  return sendOne(call, queueOf(call), call.input);
}

export function sendOne({ context, sender }: SqsCall, queue: Queue, input: SqsInput): Output {
  const body = input.text('MessageBody');
  const attributes = parseMessageAttributes(input.value('MessageAttributes'));
  refuseSize(Buffer.byteLength(body) + sizeOf(attributes), queue);
  refuseContent(body);
  refuseFifo(input);
  const delaySeconds = input.number('DelaySeconds', {
    from: 0,
    to: MAX_DELAY_SECONDS,
    otherwise: queue.delaySeconds,
  });
  const system = parseSystemAttributes(input);
  const messageId = context.send(queue, { body, attributes, system, sender, delaySeconds });
  const attributesMd5 = md5OfAttributes(attributes);
  const systemMd5 = md5OfSystemAttributes(system);
  return {
    MessageId: messageId,
    MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
    ...(attributesMd5 === null ? {} : { MD5OfMessageAttributes: attributesMd5 }),
    ...(systemMd5 === null ? {} : { MD5OfMessageSystemAttributes: systemMd5 }),
  };
}

function refuseSize(size: number, { maxMessageBytes }: Queue): void {
  if (size <= maxMessageBytes) return;
  throw invalidParameter(
    `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
  );
}

function refuseContent(body: string): void {
  if (CONTENT.test(body)) return;
  throw new SqsError(
    'InvalidMessageContents',
    'Invalid binary character was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  );
}

function refuseFifo(input: SqsInput): void {
  if (input.value('MessageDeduplicationId') === undefined) return;
  throw invalidParameter(
    'The request include parameter that is not valid for this queue type: MessageDeduplicationId',
  );
}
