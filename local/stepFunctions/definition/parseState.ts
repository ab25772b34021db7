import { isObject } from '../json.ts';
import type { ChoiceRule, Resource, State, StateType } from './definition.ts';
import { refuseUnknownFields, STATE_FIELDS } from './fields.ts';
import { parseResource } from './resource.ts';
import { parseCatch, parseRetry } from './retriers.ts';
import {
  readAssign,
  readInteger,
  readNext,
  readOutput,
  readTemplate,
  readTyped,
  type StateReader,
} from './stateReader.ts';
import { compileTemplate } from './template.ts';
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
    default: typeof reader.fields['Default'] === 'string' ? reader.fields['Default'] : null,
  }),
  Task: (reader) => ({
    ...fallible(reader),
    type: 'Task',
    resource: readResource(reader),
    arguments: readTemplate(reader, 'Arguments'),
    timeoutSeconds: readInteger(reader, 'TimeoutSeconds', 1),
    heartbeatSeconds: readInteger(reader, 'HeartbeatSeconds', 1),
  }),
  Parallel: (reader) => ({
    ...fallible(reader),
    type: 'Parallel',
    arguments: readTemplate(reader, 'Arguments'),
    branches: parseBranches(reader),
  }),
  Map: (reader) => ({
    ...fallible(reader),
    type: 'Map',
    items: readItems(reader),
    itemSelector: readTemplate(reader, 'ItemSelector'),
    maxConcurrency: readInteger(reader, 'MaxConcurrency', 0),
    processor: parseProcessor(reader),
  }),
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
  if (Next !== undefined && End === true) {
    diagnostics.schema('There should only be one of the following fields: [Next, End]', pointer);
  }
  if (Next === undefined && End !== true) {
    diagnostics.schema('One of these fields is required: [Next, End]', pointer);
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

function waitFields(reader: StateReader) {
  const { fields, diagnostics, pointer } = reader;
  const given = ['Seconds', 'Timestamp'].filter((name) => fields[name] !== undefined);
  const hasPath = fields['SecondsPath'] !== undefined || fields['TimestampPath'] !== undefined;
  if (given.length === 0 && !hasPath) {
    diagnostics.schema('One of these fields is required: [Seconds, Timestamp]', pointer);
  }
  if (given.length > 1) {
    diagnostics.schema('There should only be one of the following fields: [Seconds, Timestamp]', pointer);
  }
  const timestamp = readTyped(reader, 'Timestamp', 'string');
  const literal = fields['Timestamp'];
  if (timestamp?.isConstant === true && typeof literal === 'string' && !isTimestamp(literal)) {
    diagnostics.schema('String does not match RFC3339 timestamp', `${pointer}/Timestamp`);
  }
  return { seconds: readInteger(reader, 'Seconds', 0), timestamp };
}

function parseRules(reader: StateReader): readonly ChoiceRule[] {
  const { fields, diagnostics, pointer, language } = reader;
  const rules = fields['Choices'];
  if (!Array.isArray(rules) || rules.length === 0) {
    diagnostics.schema('These fields are required: [Choices]', pointer);
    return [];
  }
  return rules.flatMap((rule: unknown, index): readonly ChoiceRule[] => {
    const place = { reader, pointer: `${pointer}/Choices[${index}]` };
    if (!isObject(rule)) {
      diagnostics.schema('Expected value of type Object', place.pointer);
      return [];
    }
    refuseUnknownFields(rule, ['Comment', 'Condition', 'Next', 'Assign', 'Output'], place);
    const within = { ...reader, fields: rule, prefix: `Choices[${index}]/` };
    if (rule['Condition'] === undefined && language === 'JSONata') {
      diagnostics.schema('These fields are required: [Condition]', place.pointer);
    }
    const field = { location: `Choices[${index}]/Condition`, pointer, language };
    const condition = compileTemplate(rule['Condition'], field, reader);
    if (condition.isConstant && rule['Condition'] !== undefined && typeof rule['Condition'] !== 'boolean') {
      diagnostics.schema('Expected a JSONata expression or a Boolean', `${place.pointer}/Condition`);
    }
    return [
      { condition, next: readNext(rule, place), assign: readAssign(within), output: readOutput(within) },
    ];
  });
}

function readResource({ fields, diagnostics, pointer }: StateReader): Resource {
  const text = fields['Resource'];
  if (typeof text !== 'string') {
    diagnostics.schema('These fields are required: [Resource]', pointer);
    return { kind: 'function', arn: '' };
  }
  const parsed = parseResource(text);
  if (parsed.ok) return parsed.resource;
  diagnostics.schema(parsed.reason, `${pointer}/Resource`);
  return { kind: 'function', arn: '' };
}

function parseBranches({ fields, diagnostics, pointer, addScope }: StateReader): readonly number[] {
  const branches = fields['Branches'];
  if (!Array.isArray(branches)) {
    diagnostics.schema('These fields are required: [Branches]', pointer);
    return [];
  }
  return branches.map((branch: unknown, index) => addScope(branch, `${pointer}/Branches[${index}]`));
}

function readItems(reader: StateReader) {
  const template = readTemplate(reader, 'Items');
  const value = reader.fields['Items'];
  if (template !== null && template.expression === null && !Array.isArray(value)) {
    reader.diagnostics.schema('Expected a JSONata expression or an Array', `${reader.pointer}/Items`);
  }
  return template;
}

function parseProcessor({ fields, diagnostics, pointer, addScope }: StateReader): number {
  const name = fields['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = fields[name];
  if (!isObject(processor)) {
    diagnostics.schema('These fields are required: [ItemProcessor]', pointer);
    return 0;
  }
  const place = `${pointer}/${name}`;
  const config = processor['ProcessorConfig'];
  if (isObject(config) && config['Mode'] === 'DISTRIBUTED') {
    diagnostics.schema('The local Step Functions does not run distributed Maps: use the mode INLINE', place);
  }
  if (processor['QueryLanguage'] !== undefined)
    diagnostics.schema("Field 'QueryLanguage' is not supported", place);
  return addScope(processor, place);
}
