import { Malformed } from './errors.ts';

export type Fields = {
  readonly value: (name: string) => unknown;
  readonly text: (name: string) => string;
  readonly textOrNull: (name: string) => string | null;
  readonly integer: (name: string) => number;
  readonly integerOrNull: (name: string) => number | null;
  readonly list: (name: string) => readonly unknown[];
};

/** Reads an outside value field by field; `what` names it in the message of a refusal. */
export function fieldsOf(outside: unknown, what: string): Fields {
  if (typeof outside !== 'object' || outside === null) throw new Malformed(`${what} must be an object.`);
  const fields = new Map<string, unknown>(Object.entries(outside));
  const refuse = (name: string, wanted: string): never => {
    throw new Malformed(`${name} of ${what} must be ${wanted}.`);
  };
  const value = (name: string) => fields.get(name) ?? null;
  const textOrNull = (name: string) => {
    const found = value(name);
    return found === null || typeof found === 'string' ? found : refuse(name, 'a string');
  };
  const integerOrNull = (name: string) => {
    const found = value(name);
    if (found === null || (typeof found === 'number' && Number.isSafeInteger(found))) return found;
    return refuse(name, 'an integer');
  };
  const list = (name: string) => {
    const found = value(name);
    return Array.isArray(found) ? found : refuse(name, 'a list');
  };
  return {
    value,
    textOrNull,
    integerOrNull,
    list,
    text: (name) => textOrNull(name) ?? refuse(name, 'a string'),
    integer: (name) => integerOrNull(name) ?? refuse(name, 'an integer'),
  };
}
