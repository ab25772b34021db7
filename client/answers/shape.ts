import { InternalError } from '../errors.ts';
import { fieldsOf } from './json.ts';

/** One type of the API: what to select of it, and how an answer of that type is read. */
export type Shape<Value> = {
  /** The fields in GraphQL's braces; empty for a scalar. */
  readonly selection: string;
  /** `name` is the field's, for the error where the answer is not as the schema has it. */
  readonly parse: (answer: unknown, name: string) => Value;
};

export function scalar<Value>(isValid: (answer: unknown) => answer is Value): Shape<Value> {
  return {
    selection: '',
    parse: (answer, name) => {
      if (isValid(answer)) return answer;
      throw new InternalError('InternalError', `The API answered with an invalid ${name}.`);
    },
  };
}

export function nullable<Value>({ selection, parse }: Shape<Value>): Shape<Value | null> {
  return { selection, parse: (answer, name) => (answer === null ? null : parse(answer, name)) };
}

/** A string that is a key of this table. */
export function keyOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Shape<Name> {
  return scalar((answer): answer is Name => typeof answer === 'string' && Object.hasOwn(table, answer));
}

const LIST = scalar<readonly unknown[]>(Array.isArray);

export function list<Value>({ selection, parse }: Shape<Value>): Shape<readonly Value[]> {
  return { selection, parse: (answer, name) => LIST.parse(answer, name).map((item) => parse(item, name)) };
}

/** Selects and reads exactly these fields. */
export function object<Value>(fields: { readonly [Name in keyof Value]: Shape<Value[Name]> }): Shape<Value> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  return {
    selection: `{${shapes.map(([name, { selection }]) => name + selection).join(' ')}}`,
    parse: (answer) => {
      const given = fieldsOf(answer);
      return Object.fromEntries(shapes.map(([name, { parse }]) => [name, parse(given[name], name)])) as Value;
    },
  };
}
