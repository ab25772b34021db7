import { isObject } from '../assembly/json.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../account.ts';
import type { CloudEvent } from './events.ts';
import { EventsError } from './errors.ts';

/** Puts an event on the bus and gives its id. */
export type Put = (event: CloudEvent) => string;

type Answer = Readonly<Record<string, unknown>>;

const MOST_ENTRIES = 10;
const LARGEST_BYTES = 262_144;
/** What a time counts for, however it is written. */
const TIME_BYTES = 14;
const DEFAULT_BUS = new Set<unknown>([
  undefined,
  'default',
  `arn:${PARTITION}:events:${REGION}:${ACCOUNT_ID}:event-bus/default`,
]);

/** Every entry by itself: one that is refused does not keep the others back. */
export function putEvents(input: Answer, put: Put): Answer {
  const { Entries: entries } = input;
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > MOST_ENTRIES) {
    const shown = Array.isArray(entries) ? `a list of ${entries.length}` : JSON.stringify(entries);
    throw new EventsError(
      'ValidationException',
      `1 validation error detected: Value ${shown} at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
    );
  }
  const size = entries.reduce<number>((sum, entry) => sum + sizeOf(entry), 0);
  if (size >= LARGEST_BYTES) {
    throw new EventsError(
      'ValidationException',
      `Total size of the entries in the request is over the limit.`,
    );
  }
  const answers = entries.map((entry: unknown) => putOne(isObject(entry) ? entry : {}, put));
  return { FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers };
}

function putOne(entry: Answer, put: Put): Answer {
  const missing = ['Source', 'DetailType', 'Detail'].find((name) => !isText(entry[name]));
  if (missing !== undefined) {
    return refused(
      'InvalidArgument',
      `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    );
  }
  const [source, detailType] = [String(entry['Source']), String(entry['DetailType'])];
  if (source.startsWith('aws.')) {
    return refused('NotAuthorizedForSourceException', `Not authorized for the source ${source}.`);
  }
  const bus = entry['EventBusName'];
  if (!DEFAULT_BUS.has(bus)) {
    return refused('InvalidArgument', `The local cloud has the event bus default, and not ${String(bus)}.`);
  }
  const detail = parseDetail(String(entry['Detail']));
  if (detail === null) return refused('MalformedDetail', 'Detail is malformed.');
  const resources = Array.isArray(entry['Resources']) ? entry['Resources'].map(String) : [];
  return { EventId: put({ source, detailType, detail, resources, ...timeOf(entry['Time']) }) };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function parseDetail(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Seconds since 1970, as AWS JSON has times; another text is no time, and the event's is now. */
function timeOf(value: unknown): { readonly time?: number } {
  const isTime = typeof value === 'number' && !Number.isNaN(new Date(value * 1000).getTime());
  return isTime ? { time: value * 1000 } : {};
}

function sizeOf(entry: unknown): number {
  const { Time: time, Resources: resources, ...texts } = isObject(entry) ? entry : {};
  const listed = [...(Array.isArray(resources) ? resources : []), ...Object.values(texts)];
  const bytes = listed.filter((one) => typeof one === 'string').map((one) => Buffer.byteLength(one));
  return bytes.reduce((sum, one) => sum + one, time === undefined ? 0 : TIME_BYTES);
}

function refused(code: string, message: string): Answer {
  return { ErrorCode: code, ErrorMessage: message };
}
