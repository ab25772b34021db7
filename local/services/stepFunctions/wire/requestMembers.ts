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
  const fail: Fail = (name, value, constraint) => {
    const text = value === null ? ' null' : value === undefined ? '' : ` '${String(value)}'`;
    found.push(`Value${text} at '${place}${name}' failed to satisfy constraint: Member must ${constraint}`);
  };
  const required = <T>(name: string, value: T | undefined, instead: T): T => {
    if (value === undefined) fail(name, null, 'not be null');
    return value ?? instead;
  };

  const members: Members = {
    text: (name, rule = {}) => {
      const value = memberOf(body, name, TEXT);
      if (value !== undefined) checkLength(name, value, { ...rule, fail });
      return value;
    },
    list: (name) => memberOf(body, name, LIST),
    requiredList: (name) => required(name, members.list(name), []),
    requiredText: (name, rule) => required(name, members.text(name, rule), ''),
    integer: (name, { minimum, maximum }) => {
      const value = memberOf(body, name, INTEGER);
      if (value === undefined) return undefined;
      if (value < minimum) fail(name, value, `have value greater than or equal to ${minimum}`);
      if (value > maximum) fail(name, value, `have value less than or equal to ${maximum}`);
      return value;
    },
    flag: (name) => memberOf(body, name, FLAG),
    oneOf: (name, values) => {
      const value = members.text(name);
      const known = values.find((one) => one === value);
      if (value !== undefined && known === undefined) {
        fail(name, value, `satisfy enum value set: [${values.join(', ')}]`);
      }
      return known;
    },
    object: (name) => memberOf(body, name, STRUCTURE),
    check: () => {
      if (found.length === 0) return;
      const errors = found.length === 1 ? 'error' : 'errors';
      throw new StepFunctionsError(
        'ValidationException',
        `${found.length} validation ${errors} detected: ${found.join('; ')}`,
      );
    },
  };
  return members;
}

type Fail = (name: string, value: unknown, constraint: string) => void;

/** A type of the wire protocol, as AWS names it in a SerializationException. */
type MemberType<T> = { readonly name: string; readonly holds: (value: unknown) => value is T };

const TEXT: MemberType<string> = { name: 'String', holds: (value) => typeof value === 'string' };
const FLAG: MemberType<boolean> = { name: 'Boolean', holds: (value) => typeof value === 'boolean' };
const INTEGER: MemberType<number> = {
  name: 'Integer',
  holds: (value): value is number => typeof value === 'number' && Number.isInteger(value),
};
const LIST: MemberType<readonly unknown[]> = {
  name: 'List',
  holds: (value): value is readonly unknown[] => Array.isArray(value),
};
const STRUCTURE: MemberType<JsonObject> = { name: 'Structure', holds: isObject };

/** Undefined for a member that is missing or null. */
function memberOf<T>(body: JsonObject, name: string, type: MemberType<T>): T | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (type.holds(value)) return value;
  throw new StepFunctionsError('SerializationException', `The member '${name}' is not a ${type.name}.`);
}

function checkLength(name: string, value: string, rule: TextRule & { readonly fail: Fail }): void {
  const { minimum = 0, maximum = Infinity, isCountedInBytes = false, isSecret = false, fail } = rule;
  const length = isCountedInBytes ? Buffer.byteLength(value) : value.length;
  const visible = isSecret ? undefined : value;
  if (length < minimum) fail(name, visible, `have length greater than or equal to ${minimum}`);
  if (length > maximum) fail(name, visible, `have length less than or equal to ${maximum}`);
}
