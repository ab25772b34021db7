import { isObject, parseJson, type JsonObject } from '../json.ts';
import type { Jsonata } from '../jsonata/loadJsonata.ts';
import { checkTransitions, type PlacedScope } from './checkTransitions.ts';
import type { Definition, QueryLanguage, State } from './definition.ts';
import { Diagnostics } from './diagnostics.ts';
import { isStateType, parseState } from './parseState.ts';
import type { StateReader } from './stateReader.ts';

/** Reads and checks an Amazon States Language text. Throws InvalidDefinition, which names all that is wrong. */
export function parseDefinition(text: string, jsonata: Jsonata): Definition {
  const { definition, diagnostics } = readDefinition(text, jsonata);
  diagnostics.throwIfAny();
  return definition;
}

type ReadDefinition = { readonly definition: Definition; readonly diagnostics: Diagnostics };

/** A definition and what is wrong with it; what is wrong cannot be run. */
export function readDefinition(text: string, jsonata: Jsonata): ReadDefinition {
  const diagnostics = new Diagnostics();
  const root = readRoot(text, diagnostics);
  const variableReferences: Record<string, readonly string[]> = {};
  if (!diagnostics.isEmpty) {
    return { definition: { scopes: [], timeoutSeconds: null, variableReferences }, diagnostics };
  }
  const scopes: (PlacedScope | null)[] = [];
  const names = new Set<string>();
  const language = readLanguage(root, { diagnostics, pointer: '' }) ?? 'JSONPath';
  try {
    addScope(root, '', { scopes, diagnostics, jsonata, language, variableReferences, names });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack ended before the definition did
    diagnostics.add('TOO_DEEPLY_NESTED', 'The states are too deeply nested', '/');
  }
  const timeoutSeconds = readTimeout(root, diagnostics);
  const placed = scopes.filter((scope) => scope !== null);
  if (diagnostics.isEmpty) for (const scope of placed) checkTransitions(scope, diagnostics);
  return { definition: { scopes: placed, timeoutSeconds, variableReferences }, diagnostics };
}

function readRoot(text: string, diagnostics: Diagnostics): JsonObject {
  const root = parseJson(text);
  if (isObject(root)) return root;
  if (root === undefined && text.trim() !== '') {
    diagnostics.add('INVALID_JSON_DESCRIPTION', 'The definition is not valid JSON', '/');
  } else diagnostics.schema('Definition must be a valid JSON object', '/');
  return {};
}

type Parsing = {
  readonly scopes: (PlacedScope | null)[];
  readonly diagnostics: Diagnostics;
  readonly jsonata: Jsonata;
  readonly language: QueryLanguage;
  readonly variableReferences: Record<string, readonly string[]>;
  /** The names of all states so far: they are unique in the whole machine. */
  readonly names: Set<string>;
};

function addScope(value: unknown, pointer: string, parsing: Parsing): number {
  const { scopes, diagnostics } = parsing;
  const index = scopes.length;
  scopes.push(null); // the scope's place, taken before those of the scopes within it
  const fields = isObject(value) ? value : {};
  refuseUnknownMembers(fields, pointer, diagnostics);
  const missing = ['States', 'StartAt'].filter((name) => fields[name] === undefined);
  if (missing.length > 0) {
    diagnostics.schema(`These fields are required: [${missing.join(', ')}]`, pointer === '' ? '/' : pointer);
  }
  const { States, StartAt } = fields;
  if (StartAt !== undefined && typeof StartAt !== 'string') {
    diagnostics.schema('Expected value of type String', `${pointer}/StartAt`);
  }
  if (States !== undefined && (!isObject(States) || Object.keys(States).length === 0)) {
    diagnostics.schema('Expected an Object with at least one state', `${pointer}/States`);
  }
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(isObject(States) ? States : {})) {
    const parsed = parseOne(name, state, { ...parsing, pointer: `${pointer}/States/${name}` });
    if (parsed !== null) states.set(name, parsed);
  }
  scopes[index] = { startAt: typeof StartAt === 'string' ? StartAt : '', states, pointer };
  return index;
}

function parseOne(
  name: string,
  value: unknown,
  parsing: Parsing & { readonly pointer: string },
): State | null {
  const { diagnostics, pointer, jsonata } = parsing;
  if (!isObject(value)) {
    diagnostics.schema('Expected value of type Object', pointer);
    return null;
  }
  if (name.length > LONGEST_NAME)
    diagnostics.schema(`A state's name has at most ${LONGEST_NAME} characters`, pointer);
  if (parsing.names.has(name)) {
    diagnostics.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, pointer);
  }
  parsing.names.add(name);
  if (value['Comment'] !== undefined && typeof value['Comment'] !== 'string') {
    diagnostics.schema('Expected value of type String', `${pointer}/Comment`);
  }
  const type = value['Type'];
  if (type === undefined) diagnostics.schema('These fields are required: [Type]', pointer);
  else if (!isStateType(type))
    diagnostics.schema(`Unsupported state type: ${String(type)}`, `${pointer}/Type`);
  const language = readLanguage(value, parsing) ?? parsing.language;
  if (language === 'JSONPath' && parsing.language === 'JSONata') {
    diagnostics.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      pointer,
    );
  }
  const variables = new Set<string>();
  const reader: StateReader = {
    name,
    fields: value,
    pointer,
    prefix: '',
    language,
    readable: [],
    jsonata,
    diagnostics,
    variables,
    addScope: (inner, place) => addScope(inner, place, parsing),
  };
  const state = isStateType(type) ? parseState(type, reader) : null;
  if (variables.size > 0) parsing.variableReferences[name] = [...variables].toSorted();
  return state;
}

const LONGEST_NAME = 80;

type Place = { readonly diagnostics: Diagnostics; readonly pointer: string };

function readLanguage(fields: JsonObject, { diagnostics, pointer }: Place): QueryLanguage | null {
  const language = fields['QueryLanguage'];
  if (language === undefined) return null;
  if (language === 'JSONata' || language === 'JSONPath') return language;
  diagnostics.schema(
    'Value is not one of the allowed values: [JSONPath, JSONata]',
    `${pointer}/QueryLanguage`,
  );
  return 'JSONata';
}

const MEMBERS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const INNER_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Branches: ['Comment', 'StartAt', 'States'],
  ItemProcessor: ['Comment', 'ProcessorConfig', 'StartAt', 'States'],
  Iterator: ['Comment', 'StartAt', 'States'],
};

function refuseUnknownMembers(fields: JsonObject, pointer: string, diagnostics: Diagnostics): void {
  const kind = pointer.split('/').at(-1)?.split('[')[0] ?? '';
  const known = pointer === '' ? MEMBERS : (INNER_MEMBERS[kind] ?? MEMBERS);
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) {
      diagnostics.schema(`Field '${name}' is not supported`, pointer === '' ? '/' : pointer);
    }
  }
  for (const name of ['Comment', 'Version']) {
    const text = fields[name];
    if (text !== undefined && typeof text !== 'string') {
      diagnostics.schema('Expected value of type String', `${pointer}/${name}`);
    }
  }
}

function readTimeout(definition: JsonObject, diagnostics: Diagnostics): number | null {
  const seconds = definition['TimeoutSeconds'];
  if (seconds === undefined) return null;
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 1) return seconds;
  diagnostics.schema('Expected a positive value of type Integer', '/TimeoutSeconds');
  return null;
}
