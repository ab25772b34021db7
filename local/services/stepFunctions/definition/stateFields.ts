import type { JsonObject } from '../json.ts';
import type { StateType } from './definition.ts';
import type { StateReader } from './stateReader.ts';

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = [...COMMON, 'Next', 'End', 'Assign', 'Output'];
const FALLIBLE = [...FLOW, 'Retry', 'Catch'];

/** The fields of every type of state. What is not here is refused. */
export const STATE_FIELDS = {
  Pass: [...FLOW, 'Result'],
  Task: [...FALLIBLE, 'Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds', 'Credentials'],
  Choice: [...COMMON, 'Choices', 'Default', 'Assign', 'Output'],
  Wait: [...FLOW, 'Seconds', 'Timestamp'],
  Succeed: [...COMMON, 'Output'],
  Fail: [...COMMON, 'Error', 'Cause'],
  Parallel: [...FALLIBLE, 'Branches', 'Arguments'],
  Map: [
    ...FALLIBLE,
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'Iterator',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'Label',
  ],
} satisfies Readonly<Record<StateType, readonly string[]>>;

/** The fields of a rule of a Choice. */
export const RULE_FIELDS: readonly string[] = ['Comment', 'Condition', 'Next', 'Assign', 'Output'];

/** Fields that belong to JSONPath, which the local Step Functions does not run. */
export const JSONPATH_FIELDS: readonly string[] = [
  'InputPath',
  'OutputPath',
  'Parameters',
  'ResultPath',
  'ResultSelector',
  'SecondsPath',
  'TimestampPath',
  'ErrorPath',
  'CausePath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ItemsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'Variable',
];

/** The comparisons of a rule in JSONPath, such as StringEquals and IsPresent. */
const COMPARISON =
  /^(?:And|Or|Not|Is(?:Null|Present|Numeric|String|Boolean|Timestamp)|(?:String|Numeric|Boolean|Timestamp)(?:Equals|Matches|(?:Less|Greater)Than(?:Equals)?)(?:Path)?)$/;

const JSONATA_FIELDS: readonly string[] = ['Arguments', 'Output', 'Items', 'Condition'];

/** Fields of the distributed Map, which needs services that are not here. */
const DISTRIBUTED_FIELDS: readonly string[] = ['ItemReader', 'ItemBatcher', 'ResultWriter'];

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
  return JSONPATH_FIELDS.includes(name) || (known === RULE_FIELDS && COMPARISON.test(name));
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
