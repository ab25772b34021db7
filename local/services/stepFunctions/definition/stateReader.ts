import { isObject, type JsonObject } from '../../../ground/json.ts';
import {
  DISTRIBUTED_FIELDS,
  JSONATA_FIELDS,
  JSONPATH_COMPARISON,
  JSONPATH_FIELDS,
  RULE_FIELDS,
} from './stateFields.ts';
import type { Readable } from './checkExpression.ts';
import { compileTemplate, type QueryLanguage, type Template, type TemplateCompiler } from './template.ts';

/** What the parsers of states read from: the fields of one state, rule or catcher, and where it stands. */
export type StateReader = TemplateCompiler & {
  readonly name: string;
  readonly fields: JsonObject;
  /** Where the state is, such as `/States/Wait`. */
  readonly pointer: string;
  /** What precedes a field's name in errors, such as `Choices[0]/`; empty for the state itself. */
  readonly prefix: string;
  readonly language: QueryLanguage;
  readonly readable: Readable;
  /** Parses a branch or a processor and answers its index. */
  readonly addScope: (value: unknown, pointer: string) => number;
};

/** A field that may hold expressions; null when it is not there. */
export function readTemplate(reader: StateReader, name: string, readable: Readable = []): Template | null {
  const value = reader.fields[name];
  if (value === undefined) return null;
  const { pointer, language, prefix } = reader;
  return compileTemplate(value, { location: `${prefix}${name}`, pointer, language, readable }, reader);
}

export function readOutput(reader: StateReader): Template | null {
  return readTemplate(reader, 'Output', reader.readable);
}

const VARIABLE_NAME = /^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u;

export function readAssign(reader: StateReader): Template | null {
  const value = reader.fields['Assign'];
  if (value === undefined) return null;
  const place = { reader, pointer: `${reader.pointer}/${reader.prefix}Assign` };
  if (!isObject(value)) {
    reader.diagnostics.schema('Expected value of type Object', place.pointer);
    return null;
  }
  if (reader.language === 'JSONPath') refuseJsonPathWithin(value, place);
  for (const name of Object.keys(value)) {
    if (name === 'states' || (!VARIABLE_NAME.test(name) && !name.endsWith('.$'))) {
      reader.diagnostics.schema(`'${name}' is not a valid variable name`, place.pointer);
    }
  }
  return readTemplate(reader, 'Assign', reader.readable);
}

/** The `Next` of a rule or a catcher, which must have one. */
export function readNext(
  fields: JsonObject,
  { reader, pointer }: { reader: StateReader; pointer: string },
): string {
  const next = fields['Next'];
  if (typeof next === 'string') return next;
  if (next !== undefined) {
    reader.diagnostics.schema('Expected value of type String', `${pointer}/Next`);
    return '';
  }
  reader.diagnostics.schema('These fields are required: [Next]', pointer);
  return '';
}

/** A field with an expression or a literal of one type. */
export function readTyped(reader: StateReader, name: string, type: keyof typeof TYPE_NAMES): Template | null {
  const template = readTemplate(reader, name);
  if (template === null || !template.isConstant) return template;
  const value = reader.fields[name];
  const pointer = `${reader.pointer}/${reader.prefix}${name}`;
  const isOfType = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  if (!isOfType) reader.diagnostics.schema(`Expected value of type ${TYPE_NAMES[type]}`, pointer);
  return template;
}

const TYPE_NAMES = { string: 'String', number: 'Number', integer: 'Integer' };

/** An expression, or a whole number that is not below a minimum. */
export function readInteger(reader: StateReader, name: string, minimum: number): Template | null {
  const template = readTyped(reader, name, 'integer');
  checkRange(reader, name, { minimum, maximum: MAX_SECONDS });
  return template;
}

const MAX_SECONDS = 99_999_999;

type Range = { readonly minimum: number; readonly maximum: number; readonly isDecimal?: boolean };

/** Refuses a literal number that is out of range. AWS writes the bounds of a decimal one as `100.0`. */
export function checkRange(
  { fields, pointer, diagnostics }: StateReader,
  name: string,
  { minimum, maximum, isDecimal = false }: Range,
): void {
  const value = fields[name];
  if (typeof value !== 'number') return;
  const decimals = isDecimal ? '.0' : '';
  if (value < minimum) diagnostics.schema(`Minimum value is ${minimum}${decimals}`, `${pointer}/${name}`);
  if (value > maximum) diagnostics.schema(`Maximum value is ${maximum}${decimals}`, `${pointer}/${name}`);
}

type Place = { readonly reader: StateReader; readonly pointer: string };

/** Refuses what a state, a rule, a retrier or a catcher cannot have, in the words of AWS. */
export function refuseUnknownFields(
  fields: JsonObject,
  known: readonly string[],
  { reader, pointer }: Place,
): void {
  const { diagnostics, language } = reader;
  for (const name of Object.keys(fields)) {
    if (isJsonPathField(name, known) || (name === 'Result' && language === 'JSONata')) {
      diagnostics.schema(refusalOfJsonPath(name, reader), pointer);
    } else if (language === 'JSONPath' && JSONATA_FIELDS.includes(name)) {
      diagnostics.schema(
        `The QueryLanguage is set to 'JSONPath', but field '${name}' is only supported for the 'JSONata' QueryLanguage`,
        pointer,
      );
    } else if (DISTRIBUTED_FIELDS.includes(name)) {
      diagnostics.schema(
        `The local Step Functions does not run distributed Maps: '${name}' is not supported`,
        pointer,
      );
    } else if (!known.includes(name)) {
      diagnostics.schema(`Field '${name}' is not supported`, pointer);
    }
  }
}

function isJsonPathField(name: string, known: readonly string[]): boolean {
  return JSONPATH_FIELDS.includes(name) || (known === RULE_FIELDS && JSONPATH_COMPARISON.test(name));
}

function refusalOfJsonPath(name: string, { language }: StateReader): string {
  return language === 'JSONata'
    ? `The QueryLanguage is set to 'JSONata', but field '${name}' is only supported for the 'JSONPath' QueryLanguage`
    : `The local Step Functions does not run JSONPath: use the JSONata QueryLanguage instead of the field '${name}'`;
}

/** Refuses JSONPath within a value, such as `"id.$": "$.id"`; literals are welcome. */
export function refuseJsonPathWithin(value: unknown, { reader, pointer }: Place): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && name.endsWith('.$')) {
      reader.diagnostics.schema(refusalOfJsonPath(name, reader), pointer);
    }
    refuseJsonPathWithin(inner, { reader, pointer });
  }
}
