import { taskFields } from './parseTask.ts';
import type { State, StateType } from './definition.ts';
import { STATE_FIELDS } from './stateFields.ts';
import { parseRules, readDefault } from './parseChoice.ts';
import { mapFields } from './parseMap.ts';
import { parseCatch, parseRetry } from './retriers.ts';
import {
  readAssign,
  readInteger,
  readOutput,
  readTemplate,
  readTyped,
  refuseUnknownFields,
  type StateReader,
} from './stateReader.ts';
import { isTimestamp } from './timestamp.ts';

export function isStateType(type: unknown): type is StateType {
  return typeof type === 'string' && Object.hasOwn(PARSERS, type);
}

export function parseState(type: StateType, reader: StateReader): State {
  refuseUnknownFields(reader.fields, STATE_FIELDS[type], { reader, pointer: reader.pointer });
  return PARSERS[type](reader);
}

const PARSERS = {
  Pass: (reader) => parsePass(reader),
  Succeed: (reader) => ({ ...common(reader, 'ends'), type: 'Succeed' }),
  Fail: (reader) => ({
    ...common(reader, 'ends'),
    type: 'Fail',
    error: readTyped(reader, 'Error', 'string'),
    cause: readTyped(reader, 'Cause', 'string'),
  }),
  Wait: (reader) => ({ ...common(reader), type: 'Wait', ...waitFields(reader) }),
  Choice: (reader) => ({
    ...common(reader, 'ends'),
    type: 'Choice',
    rules: parseRules(reader),
    default: readDefault(reader),
  }),
  Task: (reader) => ({ ...fallible(reader), type: 'Task', ...taskFields(reader) }),
  Parallel: (reader) => ({
    ...fallible(reader),
    type: 'Parallel',
    arguments: readTemplate(reader, 'Arguments'),
    branches: parseBranches(reader),
  }),
  Map: (reader) => ({ ...fallible(reader), type: 'Map', ...mapFields(reader) }),
} satisfies Readonly<Record<StateType, (reader: StateReader) => State>>;

function common(reader: StateReader, flow: 'flows' | 'ends' = 'flows') {
  return {
    name: reader.name,
    next: flow === 'ends' ? null : readFlow(reader),
    assign: readAssign(reader),
    output: readOutput(reader),
  };
}

function fallible(reader: StateReader) {
  const withResult = { ...reader, readable: ['result'] as const };
  return { ...common(withResult), retry: parseRetry(reader), catch: parseCatch(reader) };
}

function readFlow({ fields, diagnostics, pointer }: StateReader): string | null {
  const { Next, End } = fields;
  if (End !== undefined && typeof End !== 'boolean') {
    diagnostics.schema('Expected value of type Boolean', `${pointer}/End`);
  }
  if (Next !== undefined && End === true) {
    diagnostics.schema('There should only be one of the following fields: [Next, End]', pointer);
  }
  if (Next === undefined && End !== true) {
    diagnostics.schema('This object should have only one of the following fields: [Next, End]', pointer);
  }
  if (Next !== undefined && typeof Next !== 'string') {
    diagnostics.schema('Expected value of type String', `${pointer}/Next`);
  }
  return typeof Next === 'string' ? Next : null;
}

/** In JSONPath a Pass state has a literal `Result`; in JSONata an `Output`. */
function parsePass(reader: StateReader): State {
  const fields = common(reader);
  const output = reader.language === 'JSONPath' ? readTemplate(reader, 'Result') : fields.output;
  return { ...fields, type: 'Pass', output };
}

const TIMINGS = {
  JSONPath: 'SecondsPath, Seconds, TimestampPath, Timestamp',
  JSONata: 'Seconds, Timestamp',
} satisfies Readonly<Record<StateReader['language'], string>>;

function waitFields(reader: StateReader) {
  const { fields, diagnostics, pointer, language } = reader;
  const timings = TIMINGS[language];
  const given = ['Seconds', 'Timestamp'].filter((name) => fields[name] !== undefined);
  const hasPath = fields['SecondsPath'] !== undefined || fields['TimestampPath'] !== undefined;
  if (given.length === 0 && !hasPath) {
    diagnostics.schema(`This object should have only one of the following fields: [${timings}]`, pointer);
  }
  if (given.length > 1) {
    diagnostics.schema(`There should only be one of the following fields: [${timings}]`, pointer);
  }
  const timestamp = readTyped(reader, 'Timestamp', 'string');
  const literal = fields['Timestamp'];
  if (timestamp?.isConstant === true && typeof literal === 'string' && !isTimestamp(literal)) {
    diagnostics.schema('String does not match RFC3339 timestamp', `${pointer}/Timestamp`);
  }
  return { seconds: readInteger(reader, 'Seconds', 0), timestamp };
}

function parseBranches({ fields, diagnostics, pointer, addScope }: StateReader): readonly number[] {
  const branches = fields['Branches'];
  if (!Array.isArray(branches)) {
    if (branches === undefined) diagnostics.schema('These fields are required: [Branches]', pointer);
    else diagnostics.schema('Expected value of type Array', `${pointer}/Branches`);
    return [];
  }
  return branches.map((branch: unknown, index) => addScope(branch, `${pointer}/Branches[${index}]`));
}
