import type { StateType } from './definition.ts';

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
export const JSONPATH_COMPARISON =
  /^(?:And|Or|Not|Is(?:Null|Present|Numeric|String|Boolean|Timestamp)|(?:String|Numeric|Boolean|Timestamp)(?:Equals|Matches|(?:Less|Greater)Than(?:Equals)?)(?:Path)?)$/;

/** Fields that only JSONata has. */
export const JSONATA_FIELDS: readonly string[] = ['Arguments', 'Output', 'Items', 'Condition'];

/** Fields of the distributed Map, which needs services that are not here. */
export const DISTRIBUTED_FIELDS: readonly string[] = ['ItemReader', 'ItemBatcher', 'ResultWriter'];
