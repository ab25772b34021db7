import { isObject, type JsonObject } from '../../../ground/json.ts';
import type { Catcher, Retrier } from './definition.ts';
import { readAssign, readNext, readOutput, refuseUnknownFields, type StateReader } from './stateReader.ts';

type Range = { readonly minimum: number; readonly maximum: number; readonly isWhole?: boolean };

/** AWS counts the seconds and the attempts of a retrier in eight digits, and delays for less than 366 days. */
const WHOLE = { maximum: 99_999_999, isWhole: true };
const DELAY = { minimum: 1, maximum: 31_622_400, isWhole: true };

const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_BACKOFF_RATE = 2;

export function parseRetry(reader: StateReader): readonly Retrier[] {
  return parseList(reader, 'Retry').map(([retrier, pointer, isLast]) => {
    refuseUnknownFields(retrier, RETRIER_FIELDS, { reader, pointer });
    const number = (name: string, fallback: number, range: Range) =>
      parseNumber(reader, { value: retrier[name], fallback, ...range, pointer: `${pointer}/${name}` });
    const jitter = retrier['JitterStrategy'] ?? 'NONE';
    if (jitter !== 'FULL' && jitter !== 'NONE') {
      reader.diagnostics.schema(
        'Value should be one of the following: [NONE, FULL]',
        `${pointer}/JitterStrategy`,
      );
    }
    const maxDelay = retrier['MaxDelaySeconds'];
    return {
      errorEquals: parseErrorEquals(retrier, { reader, pointer, isLast }),
      intervalSeconds: number('IntervalSeconds', DEFAULT_INTERVAL_SECONDS, { ...WHOLE, minimum: 0 }),
      maxAttempts: number('MaxAttempts', DEFAULT_MAX_ATTEMPTS, { ...WHOLE, minimum: 0 }),
      backoffRate: number('BackoffRate', DEFAULT_BACKOFF_RATE, { minimum: 1, maximum: Infinity }),
      maxDelaySeconds: maxDelay === undefined ? null : number('MaxDelaySeconds', 1, DELAY),
      hasJitter: jitter === 'FULL',
    };
  });
}

export function parseCatch(reader: StateReader): readonly Catcher[] {
  return parseList(reader, 'Catch').map(([catcher, pointer, isLast], index) => {
    refuseUnknownFields(catcher, CATCHER_FIELDS, { reader, pointer });
    const within = {
      ...reader,
      fields: catcher,
      prefix: `Catch[${index}]/`,
      readable: ['errorOutput'] as const,
    };
    return {
      errorEquals: parseErrorEquals(catcher, { reader, pointer, isLast }),
      next: readNext(catcher, { reader, pointer }),
      assign: readAssign(within),
      output: readOutput(within),
    };
  });
}

const RETRIER_FIELDS = [
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
];
const CATCHER_FIELDS = ['Comment', 'ErrorEquals', 'Next', 'Assign', 'Output'];

type Item = readonly [fields: JsonObject, pointer: string, isLast: boolean];

function parseList(reader: StateReader, name: 'Retry' | 'Catch'): readonly Item[] {
  const value = reader.fields[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reader.diagnostics.schema('Expected value of type Array', `${reader.pointer}/${name}`);
    return [];
  }
  return value.flatMap((item: unknown, index): readonly Item[] => {
    const pointer = `${reader.pointer}/${name}[${index}]`;
    if (isObject(item)) return [[item, pointer, index === value.length - 1]];
    reader.diagnostics.schema('Expected value of type Object', pointer);
    return [];
  });
}

type Place = { readonly reader: StateReader; readonly pointer: string };

function parseErrorEquals(fields: JsonObject, place: Place & { isLast: boolean }): readonly string[] {
  const { reader, pointer, isLast } = place;
  const names = fields['ErrorEquals'];
  if (names === undefined) {
    reader.diagnostics.schema('These fields are required: [ErrorEquals]', pointer);
    return [];
  }
  if (Array.isArray(names) && names.length === 0) {
    reader.diagnostics.schema('Value cannot be empty', `${pointer}/ErrorEquals`);
    return [];
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    reader.diagnostics.schema('Expected a list of one or more error names', `${pointer}/ErrorEquals`);
    return [];
  }
  if (names.includes('States.ALL') && (names.length > 1 || !isLast)) {
    reader.diagnostics.schema('States.ALL must appear alone and at end of list', `${pointer}/ErrorEquals`);
  }
  return names;
}

type NumberField = Range & {
  readonly value: unknown;
  readonly fallback: number;
  readonly pointer: string;
};

function parseNumber(
  { diagnostics }: StateReader,
  { value, fallback, minimum, maximum, isWhole = false, pointer }: NumberField,
): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number') {
    diagnostics.schema(`Expected value of type ${isWhole ? 'Integer' : 'Number'}`, pointer);
  } else if (isWhole && !Number.isInteger(value)) {
    diagnostics.schema('Expected value of type Integer', pointer);
  } else if (value > maximum) diagnostics.schema(`Maximum value is ${maximum}`, pointer);
  else if (value < minimum) diagnostics.schema(`Minimum value is ${minimum}${isWhole ? '' : '.0'}`, pointer);
  return typeof value === 'number' ? value : fallback;
}
