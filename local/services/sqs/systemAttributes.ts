import { isObject } from '../../ground/json.ts';
import { invalidParameter, SqsError } from './errors.ts';
import { md5OfAttributes } from './messageAttributes.ts';
import type { SqsInput } from './wire/sqsInput.ts';

/** What a sender says of a message beside its own attributes: `AWSTraceHeader` and `MessageGroupId`. */
export type SystemAttributes = Readonly<Record<string, string>>;

const TRACE = 'AWSTraceHeader';
const GROUP = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;
/** What a receiver may ask for; those of FIFO queues no message here has. */
const NAMES = new Set([
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  TRACE,
  'DeadLetterQueueSourceArn',
]);

export function parseSystemAttributes(input: SqsInput): SystemAttributes {
  const trace = parseTrace(input.value('MessageSystemAttributes'));
  const group = input.optionalText('MessageGroupId');
  if (group !== null && !GROUP.test(group)) {
    throw invalidParameter(
      `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
  return { ...trace, ...(group === null ? {} : { MessageGroupId: group }) };
}

function parseTrace(value: unknown): SystemAttributes {
  const given = isObject(value) ? value : {};
  const unknown = Object.keys(given).find((name) => name !== TRACE);
  if (unknown !== undefined) {
    throw invalidParameter(
      `Message system attribute name '${unknown}' is invalid. Only ${TRACE} may be sent.`,
    );
  }
  const trace = given[TRACE];
  if (trace === undefined) return {};
  const { DataType: type, StringValue: text } = isObject(trace) ? trace : {};
  if (type === 'String' && typeof text === 'string' && text !== '') return { [TRACE]: text };
  throw invalidParameter(`The message system attribute '${TRACE}' must be a string that is not empty.`);
}

/** The digest that clients compare. */
export function md5OfSystemAttributes({ [TRACE]: trace }: SystemAttributes): string | null {
  return trace === undefined
    ? null
    : md5OfAttributes({ [TRACE]: { DataType: 'String', StringValue: trace } });
}

export function checkAskedNames(names: readonly string[]): void {
  const unknown = names.find((name) => !NAMES.has(name));
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
}
