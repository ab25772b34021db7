import { isObject, parseJsonObject } from '../../../ground/json.ts';
import { invalidParameter, missingParameter, SqsError } from '../errors.ts';

/** The members of a request, each read as what it must be. */
export type SqsInput = {
  readonly text: (name: string) => string;
  readonly optionalText: (name: string) => string | null;
  readonly number: (name: string, range: NumberRange) => number;
  readonly names: (name: string) => readonly string[];
  readonly value: (name: string) => unknown;
  readonly entries: (
    name: string,
    kind: string,
  ) => readonly { readonly id: string; readonly input: SqsInput }[];
};

export type NumberRange = { readonly from: number; readonly to: number; readonly otherwise: number };

const MAX_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

export function parseSqsInput(body: string): SqsInput {
  const members = parseJsonObject(body === '' ? '{}' : body);
  if (members !== null) return inputOf(members);
  throw new SqsError('SerializationException', 'The body of the request is not a JSON object.');
}

function inputOf(members: Readonly<Record<string, unknown>>): SqsInput {
  const optionalText = (name: string) => textOf(name, members[name]);
  return {
    value: (name) => members[name],
    optionalText,
    text: (name) => {
      const text = optionalText(name);
      if (text === null || text === '') throw missingParameter(name);
      return text;
    },
    number: (name, range) => numberOf(name, members[name], range),
    names: (name) => (Array.isArray(members[name]) ? members[name].map(String) : []),
    entries: (name, kind) => entriesOf(members[name], kind),
  };
}

function textOf(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  throw new SqsError('SerializationException', `${name} must be a string.`);
}

function numberOf(name: string, value: unknown, { from, to, otherwise }: NumberRange): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw invalidParameter(
    `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: Must be between ${from} and ${to}, if provided.`,
  );
}

function entriesOf(value: unknown, kind: string): ReturnType<SqsInput['entries']> {
  const entries = Array.isArray(value) ? value.filter(isObject) : [];
  if (entries.length === 0) {
    throw batchError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > MAX_ENTRIES) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => String(entry['Id'] ?? ''));
  const unfit = ids.find((id) => !ENTRY_ID.test(id));
  if (unfit !== undefined) {
    throw batchError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw batchError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return entries.map((entry, index) => ({ id: ids[index] ?? '', input: inputOf(entry) }));
}

function batchError(type: string, message: string): SqsError {
  return new SqsError(type, message, `AWS.SimpleQueueService.${type}`);
}
