import { isObject } from '../../../ground/json.ts';
import { EventsError } from '../errors.ts';
import type { CloudEvent } from '../events.ts';
import { type Entry, parseEntry, TEXTS } from './parseEntry.ts';

/** Puts an event with its detail's JSON text on the bus and gives its id. */
export type Put = (event: CloudEvent, detailText: string) => string;

type JsonObject = Readonly<Record<string, unknown>>;

const MAX_ENTRIES = 10;
/** The quota since January 2026; 256 KB before. */
const MAX_BYTES = 1_048_576;
/** What a time counts for, however it is written. */
const TIME_BYTES = 14;

/** Every entry by itself: one that is refused does not keep the others back. */
export function putEvents(input: JsonObject, put: Put): JsonObject {
  if ((input['EndpointId'] ?? '') !== '') {
    throw new EventsError('ValidationException', 'The local cloud has no global endpoint.');
  }
  const entries = entriesOf(input['Entries']).map(entryOf);
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) >= MAX_BYTES) {
    throw new EventsError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const answers = entries.map((entry) => {
    const parsed = parseEntry(entry);
    return 'refusal' in parsed ? parsed.refusal : { EventId: put(parsed.event, parsed.detailText) };
  });
  return { FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers };
}

function entriesOf(entries: unknown): readonly unknown[] {
  if (entries === undefined || entries === null) throw invalidEntries('null', 'not be null');
  if (!Array.isArray(entries)) throw wrongType('Entries', 'a list');
  if (entries.length < 1) throw invalidEntries("'[]'", 'have length greater than or equal to 1');
  if (entries.length > MAX_ENTRIES) {
    const value = `'${JSON.stringify(entries).slice(0, 200)}'`;
    throw invalidEntries(value, `have length less than or equal to ${MAX_ENTRIES}`);
  }
  return entries;
}

/** AWS reads no request with a member of another type, such as a Detail that is not a string. */
function entryOf(entry: unknown, index: number): Entry {
  const place = `Entries[${index}]`;
  if (!isObject(entry)) throw wrongType(place, 'an object');
  const texts = TEXTS.map((name) => [name, textOf(entry[name], `${place}.${name}`)] as const);
  const given = Object.fromEntries(texts.filter(([, text]) => text !== undefined));
  const resources: unknown = entry['Resources'] ?? [];
  if (!Array.isArray(resources)) throw wrongType(`${place}.Resources`, 'a list');
  const Resources = resources.map((one) => textOf(one, `${place}.Resources`) ?? '');
  return { ...given, Resources, Time: entry['Time'] ?? undefined };
}

function textOf(value: unknown, place: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(place, 'a string');
  return value;
}

function sizeOf({ Source = '', DetailType = '', Detail = '', Resources, Time }: Entry): number {
  const bytes = [Source, DetailType, Detail, ...Resources].map((one) => Buffer.byteLength(one));
  return bytes.reduce((sum, one) => sum + one, Time === undefined ? 0 : TIME_BYTES);
}

function invalidEntries(value: string, constraint: string): EventsError {
  const message = `1 validation error detected: Value ${value} at 'entries' failed to satisfy constraint: Member must ${constraint}`;
  return new EventsError('ValidationException', message);
}

function wrongType(place: string, wanted: string): EventsError {
  return new EventsError('SerializationException', `${place} is not ${wanted}.`);
}
