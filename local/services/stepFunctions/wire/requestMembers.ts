import { isObject, type JsonObject } from '../../../ground/json.ts';
import { StepFunctionsError } from '../errors.ts';

/** Reads the members of a request and gathers what is wrong with them, in the words of AWS. */
export type Members = {
  readonly text: (name: string, rule?: TextRule) => string | undefined;
  readonly requiredText: (name: string, rule?: TextRule) => string;
  readonly integer: (name: string, rule: IntegerRule) => number | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly oneOf: <T extends string>(name: string, values: readonly T[]) => T | undefined;
  readonly object: (name: string) => JsonObject | undefined;
  readonly list: (name: string) => readonly unknown[] | undefined;
  readonly requiredList: (name: string) => readonly unknown[];
  /** Throws ValidationException with all that was found. Call it before anything is done. */
  readonly check: () => void;
};

export type TextRule = {
  readonly minimum?: number;
  readonly maximum?: number;
  /** In bytes of UTF-8 instead of characters. */
  readonly isCountedInBytes?: boolean;
  /** Its value is not shown in errors. */
  readonly isSecret?: boolean;
};

type IntegerRule = { readonly minimum: number; readonly maximum: number };

/** `place` leads to the members of a structure within the request, such as `loggingConfiguration.`. */
export function readMembers(body: JsonObject, place = ''): Members {
  const found: string[] = [];
  const fail = (name: string, value: unknown, constraint: string) => {
    const text = value === null ? ' null' : value === undefined ? '' : ` '${String(value)}'`;
    found.push(`Value${text} at '${place}${name}' failed to satisfy constraint: Member must ${constraint}`);
  };

  function text(name: string, rule: TextRule = {}): string | undefined {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw notA(name, 'String');
    const { minimum = 0, maximum = Infinity, isCountedInBytes = false, isSecret = false } = rule;
    const length = isCountedInBytes ? Buffer.byteLength(value) : value.length;
    const visible = isSecret ? undefined : value;
    if (length < minimum) fail(name, visible, `have length greater than or equal to ${minimum}`);
    if (length > maximum) fail(name, visible, `have length less than or equal to ${maximum}`);
    return value;
  }

  function list(name: string): readonly unknown[] | undefined {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw notA(name, 'List');
    return value;
  }

  return {
    text,
    list,
    requiredList: (name) => {
      const value = list(name);
      if (value === undefined) fail(name, null, 'not be null');
      return value ?? [];
    },
    requiredText: (name, rule) => {
      const value = text(name, rule);
      if (value === undefined) fail(name, null, 'not be null');
      return value ?? '';
    },
    integer: (name, { minimum, maximum }) => {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (typeof value !== 'number' || !Number.isInteger(value)) throw notA(name, 'Integer');
      if (value < minimum) fail(name, value, `have value greater than or equal to ${minimum}`);
      if (value > maximum) fail(name, value, `have value less than or equal to ${maximum}`);
      return value;
    },
    flag: (name) => {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (typeof value !== 'boolean') throw notA(name, 'Boolean');
      return value;
    },
    oneOf: (name, values) => {
      const value = text(name);
      const known = values.find((one) => one === value);
      if (value !== undefined && known === undefined) {
        fail(name, value, `satisfy enum value set: [${values.join(', ')}]`);
      }
      return known;
    },
    object: (name) => {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (!isObject(value)) throw notA(name, 'Structure');
      return value;
    },
    check: () => {
      if (found.length === 0) return;
      const errors = found.length === 1 ? 'error' : 'errors';
      throw new StepFunctionsError(
        'ValidationException',
        `${found.length} validation ${errors} detected: ${found.join('; ')}`,
      );
    },
  };
}

function notA(name: string, type: string): StepFunctionsError {
  return new StepFunctionsError('SerializationException', `The member '${name}' is not a ${type}.`);
}
