import { isObject, type JsonObject, parseJson } from '../../../ground/json.ts';
import type { Jsonata } from '../jsonata/loadJsonata.ts';
import { assignedNames } from './assignedNames.ts';
import { checkTransitions, type WrittenScope } from './checkTransitions.ts';
import type { Definition, Scope, State } from './definition.ts';
import { Diagnostics } from './diagnostics.ts';
import { checkMembers, readTimeout } from './machineFields.ts';
import { isStateType, parseState } from './parseState.ts';
import type { StateReader } from './stateReader.ts';
import type { QueryLanguage } from './template.ts';

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
  const scopes: (Scope | null)[] = [];
  const written: WrittenScope[] = [];
  const names = new Set<string>();
  const language = readLanguage(root, { diagnostics, pointer: '' }) ?? 'JSONPath';
  try {
    addScope(root, '', {
      scopes,
      written,
      diagnostics,
      jsonata,
      language,
      variableReferences,
      names,
      variables: new Set(),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack ended before the definition did
    diagnostics.add('TOO_DEEPLY_NESTED', 'The states are too deeply nested', '/');
    written.length = 0;
  }
  const timeoutSeconds = readTimeout(root, diagnostics);
  for (const scope of written) checkTransitions(scope, diagnostics);
  return {
    definition: { scopes: scopes.filter((scope) => scope !== null), timeoutSeconds, variableReferences },
    diagnostics,
  };
}

function readRoot(text: string, diagnostics: Diagnostics): JsonObject {
  const root = parseJson(text);
  if (root.ok && isObject(root.value)) return root.value;
  if (!root.ok && text.trim() !== '') {
    diagnostics.add('INVALID_JSON_DESCRIPTION', 'The definition is not valid JSON', '/');
  } else diagnostics.schema('Definition must be a valid JSON object', '/');
  return {};
}

type Parsing = {
  readonly scopes: (Scope | null)[];
  /** The scopes whose transitions can be checked. */
  readonly written: WrittenScope[];
  readonly diagnostics: Diagnostics;
  readonly jsonata: Jsonata;
  readonly language: QueryLanguage;
  readonly variableReferences: Record<string, readonly string[]>;
  /** The names of all states so far: they are unique in the whole machine. */
  readonly names: Set<string>;
  /** The variables that the scopes around assign. */
  readonly variables: ReadonlySet<string>;
};

function addScope(value: unknown, pointer: string, parsing: Parsing): number {
  const { scopes, diagnostics } = parsing;
  const index = scopes.length;
  scopes.push(null); // the scope's place, taken before those of the scopes within it
  const fields = isObject(value) ? value : {};
  checkMembers(fields, pointer, diagnostics);
  const missing = ['States', 'StartAt'].filter((name) => fields[name] === undefined);
  if (missing.length > 0) {
    diagnostics.schema(`These fields are required: [${missing.join(', ')}]`, pointer === '' ? '/' : pointer);
  }
  const { States, StartAt } = fields;
  if (StartAt !== undefined && typeof StartAt !== 'string') {
    diagnostics.schema('Expected value of type String', `${pointer}/StartAt`);
  }
  const startAt = typeof StartAt === 'string' ? StartAt : '';
  if (isObject(States)) {
    if (Object.keys(States).length === 0) diagnostics.schema('Value cannot be empty', `${pointer}/States`);
    if (StartAt !== undefined) parsing.written.push({ startAt, states: States, pointer });
  } else if (States !== undefined) {
    diagnostics.schema('Expected value of type Object', `${pointer}/States`);
  }
  scopes[index] = { startAt, states: parseStates(isObject(States) ? States : {}, pointer, parsing) };
  return index;
}

function parseStates(written: JsonObject, pointer: string, parsing: Parsing): ReadonlyMap<string, State> {
  const { diagnostics } = parsing;
  const variablesFor = assignedNames(written, { pointer, outer: parsing.variables, diagnostics });
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(written)) {
    const inner = { ...parsing, pointer: `${pointer}/States/${name}` };
    const parsed = parseOne(name, state, { ...inner, variablesWithin: () => variablesFor(name) });
    if (parsed !== null) states.set(name, parsed);
  }
  return states;
}

function parseOne(
  name: string,
  value: unknown,
  parsing: Parsing & {
    readonly pointer: string;
    /** What the scopes within the state must not assign. */
    readonly variablesWithin: () => ReadonlySet<string>;
  },
): State | null {
  const { diagnostics, pointer, jsonata } = parsing;
  if (!isObject(value)) {
    diagnostics.schema('Expected value of type Object', pointer);
    return null;
  }
  if (name.length > MAX_NAME_CHARACTERS)
    diagnostics.schema(`A state's name has at most ${MAX_NAME_CHARACTERS} characters`, pointer);
  if (parsing.names.has(name)) {
    diagnostics.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, pointer);
  }
  parsing.names.add(name);
  if (value['Comment'] !== undefined && typeof value['Comment'] !== 'string') {
    diagnostics.schema('Expected value of type String', `${pointer}/Comment`);
  }
  const type = value['Type'];
  if (type === undefined) diagnostics.schema("The field 'Type' is required", pointer);
  else if (!isStateType(type)) {
    diagnostics.schema(`The field 'Type' should have one of these values: [${TYPES}]`, `${pointer}/Type`);
  }
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
    addScope: (inner, place) => addScope(inner, place, { ...parsing, variables: parsing.variablesWithin() }),
  };
  const state = isStateType(type) ? parseState(type, reader) : null;
  if (variables.size > 0) parsing.variableReferences[name] = [...variables].toSorted();
  return state;
}

const TYPES = 'Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map';

const MAX_NAME_CHARACTERS = 80;

type Place = { readonly diagnostics: Diagnostics; readonly pointer: string };

function readLanguage(fields: JsonObject, { diagnostics, pointer }: Place): QueryLanguage | null {
  const language = fields['QueryLanguage'];
  if (language === undefined) return null;
  if (language === 'JSONata' || language === 'JSONPath') return language;
  diagnostics.schema('Value should be one of the following: [JSONPath, JSONata]', `${pointer}/QueryLanguage`);
  return 'JSONata';
}
