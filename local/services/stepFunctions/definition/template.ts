import { isObject } from '../../../ground/json.ts';
import type { Expression, Jsonata } from '../jsonata/loadJsonata.ts';
import { addFunctions } from '../jsonata/functions.ts';
import { addLimits } from '../jsonata/limits.ts';
import { checkExpression, type Readable } from './checkExpression.ts';
import type { Diagnostics } from './diagnostics.ts';
import { variablesOf } from './variableReferences.ts';

export type QueryLanguage = 'JSONata' | 'JSONPath';

/** What an expression sees: `$states` and the variables. */
export type Bindings = Readonly<Record<string, unknown>>;

/** A field whose value may hold expressions. Evaluating it throws QueryEvaluationError. */
export type Template = {
  /** Such as `Output` or `Choices[1]/Condition`. */
  readonly location: string;
  /** The source, when the whole field is one expression. */
  readonly expression: string | null;
  readonly isConstant: boolean;
  readonly evaluate: (bindings: () => Bindings) => unknown;
};

export type TemplateCompiler = {
  readonly jsonata: Jsonata;
  readonly diagnostics: Diagnostics;
  /** Takes the names of the variables that the expressions read. */
  readonly variables: Set<string>;
};

export type Field = {
  /** Within the state; the name of the field that an error names. */
  readonly location: string;
  /** Where the state is: a JSON pointer. */
  readonly pointer: string;
  readonly language: QueryLanguage;
  readonly readable?: Readable;
};

type Part = { readonly isConstant: boolean; readonly evaluate: (bindings: () => Bindings) => unknown };

export function compileTemplate(value: unknown, field: Field, compiler: TemplateCompiler): Template {
  const part = field.language === 'JSONata' ? compilePart(value, field, compiler) : constant(value);
  const expression = field.language === 'JSONata' ? expressionOf(value) : null;
  return { ...part, location: field.location, expression };
}

/** The source between `{%` and `%}`; null for any other value. */
function expressionOf(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith('{%') || !value.endsWith('%}')) return null;
  return value.slice(2, -2).trim();
}

function constant(value: unknown): Part {
  return { isConstant: true, evaluate: () => value };
}

function compilePart(value: unknown, field: Field, compiler: TemplateCompiler): Part {
  const source = expressionOf(value);
  if (source !== null) return compileExpression(source, field, compiler);
  if (Array.isArray(value)) return compileArray(value, field, compiler);
  if (isObject(value)) return compileObject(value, field, compiler);
  return constant(value);
}

function compileArray(values: readonly unknown[], field: Field, compiler: TemplateCompiler): Part {
  const parts = values.map((value, index) =>
    compilePart(value, { ...field, location: `${field.location}[${index}]` }, compiler),
  );
  if (parts.every((part) => part.isConstant)) return constant(values);
  return { isConstant: false, evaluate: (bindings) => parts.map((part) => part.evaluate(bindings)) };
}

function compileObject(value: object, field: Field, compiler: TemplateCompiler): Part {
  const parts = Object.entries(value).map(
    ([key, inner]) =>
      [key, compilePart(inner, { ...field, location: `${field.location}/${key}` }, compiler)] as const,
  );
  if (parts.every(([, part]) => part.isConstant)) return constant(value);
  return {
    isConstant: false,
    evaluate: (bindings) => Object.fromEntries(parts.map(([key, part]) => [key, part.evaluate(bindings)])),
  };
}

function compileExpression(source: string, field: Field, compiler: TemplateCompiler): Part {
  const { jsonata, diagnostics, variables } = compiler;
  const pointer = `${field.pointer}/${field.location}`;
  const parsed = parse(source, jsonata);
  if (!parsed.ok) {
    diagnostics.add('INVALID_JSONATA_EXPRESSION', parsed.message, pointer);
    return constant(null);
  }
  const { expression } = parsed;
  for (const message of checkExpression(expression.ast(), field.readable ?? [])) {
    diagnostics.add('UNSUPPORTED_JSONATA_EXPRESSION', message, pointer);
  }
  for (const name of variablesOf(expression.ast(), jsonata)) variables.add(name);
  addFunctions(expression);
  const begin = addLimits(expression);
  return {
    isConstant: false,
    evaluate: (bindings) => {
      begin();
      return evaluate(expression, source, { location: field.location, bindings: bindings() });
    },
  };
}

type Parsed =
  { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly message: string };

function parse(source: string, jsonata: Jsonata): Parsed {
  try {
    return { ok: true, expression: jsonata(source) };
  } catch (error) {
    return { ok: false, message: messageOf(error) };
  }
}

function evaluate(
  expression: Expression,
  source: string,
  { location, bindings }: { location: string; bindings: Bindings },
): unknown {
  const subject = `The JSONata expression '${source}' specified for the field '${location}'`;
  let value: unknown;
  try {
    value = expression.evaluate(undefined, bindings);
  } catch (error) {
    const code = codeOf(error);
    const reason = code === null ? `: ${messageOf(error)}` : `. ${code}: ${messageOf(error)}`;
    throw new QueryEvaluationError(`${subject} threw an error during evaluation${reason}`, location);
  }
  if (value === undefined)
    throw new QueryEvaluationError(`${subject} returned nothing (undefined).`, location);
  return jsonOf(value, () => {
    throw new QueryEvaluationError(`${subject} returned an unsupported result type.`, location);
  });
}

function codeOf(error: unknown): string | null {
  return isObject(error) && typeof error['code'] === 'string' ? error['code'] : null;
}

/** A fault of the library itself has the engine's words; AWS, whose engine is another one, has words of its own. */
function messageOf(error: unknown): string {
  if (error instanceof TypeError || error instanceof ReferenceError)
    return 'A function was given a value that it cannot work with';
  return isObject(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
}

/** The result of an expression as JSON can carry it; a function is refused. */
function jsonOf(value: unknown, refuse: () => never): unknown {
  const seen = { isEndless: false };
  if (!isJson(value, seen)) refuse();
  return seen.isEndless ? withTexts(value) : value;
}

function isJson(value: unknown, seen: { isEndless: boolean }): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value === 'number' && !Number.isFinite(value)) seen.isEndless = true;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((inner) => isJson(inner, seen));
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return false;
  return Object.values(value).every((inner) => isJson(inner, seen));
}

/** Measured on AWS: `1/0` is the text "Infinity". */
function withTexts(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner)]));
}

/** States.QueryEvaluationError: an expression failed or gave what its field cannot take. */
export class QueryEvaluationError extends Error {
  readonly type = 'QueryEvaluationError';
  /** The field, such as `Output/result`; null when the state's input is to blame. */
  readonly location: string | null;
  constructor(message: string, location: string | null) {
    super(message);
    this.location = location;
  }
}
