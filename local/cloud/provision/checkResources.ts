import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import type { ResourceType } from '../assembly/identity.ts';
import { parseBoolean, parseNumber, parseText } from '../../ground/json.ts';
import { checkEnvironment } from './checkEnvironment.ts';
import { checkNames } from './checkNames.ts';
import { checkWords } from './checkWords.ts';
import { PROPERTIES } from './properties.ts';
import { refuse, refuseValue } from './refuse.ts';

type Range = readonly [least: number, most: number];

/** The numbers of the services' references. Those of other types are checked where they are read. */
const RANGES: { readonly [Type in ResourceType]?: Readonly<Record<string, Range>> } = {
  'AWS::Lambda::Function': { Timeout: [1, 900], MemorySize: [128, 10_240] },
  'AWS::SQS::Queue': {
    DelaySeconds: [0, 900],
    MaximumMessageSize: [1024, 1_048_576],
    MessageRetentionPeriod: [60, 1_209_600],
    ReceiveMessageWaitTimeSeconds: [0, 20],
    VisibilityTimeout: [0, 43_200],
  },
  'AWS::IAM::Role': { MaxSessionDuration: [3600, 43_200] },
};

/** Checked before the properties, so that a FIFO queue is refused as one and not for a property that only such queues have. */
const CHECKS: { readonly [Type in ResourceType]?: (resource: Resource) => void } = {
  'AWS::Lambda::Function': checkFunction,
  'AWS::SQS::Queue': (queue) => {
    if (parseBoolean(queue.properties['FifoQueue'], false)) refuse(queue, 'a FIFO queue is');
  },
};

/** Stops the start, before anything is made, for what the local cloud would not obey and for what AWS would refuse. */
export function checkResources(stacks: readonly EvaluatedStack[]): void {
  for (const resource of stacks.flatMap(({ resources }) => resources)) {
    CHECKS[resource.type]?.(resource);
    checkProperties(resource);
    checkRanges(resource);
    checkWords(resource);
  }
  checkNames(stacks);
}

function checkProperties(resource: Resource): void {
  const known = PROPERTIES[resource.type];
  if (known === undefined) return;
  const accepted = [...known.used, ...known.ignored];
  for (const [name, value] of Object.entries(resource.properties)) {
    if (value !== undefined && !accepted.includes(name)) refuse(resource, `the property ${name} is`);
  }
}

function checkRanges(resource: Resource): void {
  for (const [name, [least, most]] of Object.entries(RANGES[resource.type] ?? {})) {
    const given = resource.properties[name];
    if (given === undefined) continue;
    const number = parseNumber(given, NaN);
    if (Number.isInteger(number) && number >= least && number <= most) continue;
    refuseValue(resource, `${name} must be a whole number from ${least} to ${most}; got ${String(given)}.`);
  }
}

function checkFunction(resource: Resource): void {
  const { PackageType } = resource.properties;
  if (parseText(PackageType, 'Zip') !== 'Zip') refuse(resource, `the package type ${String(PackageType)} is`);
  checkEnvironment(resource);
}
