import type { ResourceType } from '../assembly/identity.ts';
import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { parseText } from '../../ground/json.ts';
import { NAME as MACHINE_NAME } from '../../services/stepFunctions/wire/name.ts';
import { pathOf, refuseValue } from './refuse.ts';

type Name = { readonly property: string; readonly pattern: RegExp; readonly rule: string };

const WORD = 'hold letters, digits, hyphens and underscores';

/** How AWS lets a template name its resources. */
const NAMES: { readonly [Type in ResourceType]?: Name } = {
  'AWS::S3::Bucket': {
    property: 'BucketName',
    pattern: /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    rule: 'have 3 to 63 lower-case letters, digits, hyphens and single dots, and not be an IP address',
  },
  'AWS::SQS::Queue': {
    property: 'QueueName',
    pattern: /^[A-Za-z0-9_-]{1,80}$/,
    rule: `${WORD}, 80 at most`,
  },
  'AWS::Lambda::Function': {
    property: 'FunctionName',
    pattern: /^[A-Za-z0-9_-]{1,64}$/,
    rule: `${WORD}, 64 at most`,
  },
  'AWS::StepFunctions::StateMachine': {
    property: 'StateMachineName',
    pattern: MACHINE_NAME,
    rule: `have 1 to 80 characters, without blanks, brackets, wildcards, characters beyond U+FFFF and " # % \\ ^ | ~ \` $ & , ; : /`,
  },
  'AWS::Events::Rule': {
    property: 'Name',
    pattern: /^[A-Za-z0-9._-]{1,64}$/,
    rule: 'hold letters, digits, dots, hyphens and underscores, 64 at most',
  },
  'AWS::IAM::Role': {
    property: 'RoleName',
    pattern: /^[\w+=,.@-]{1,64}$/,
    rule: 'hold letters, digits and _ + = , . @ -, 64 at most',
  },
};

/** Stops the start for a name that the service refuses, and for the second of two resources that have the same. */
export function checkNames(stacks: readonly EvaluatedStack[]): void {
  const owners = new Map<string, Resource>();
  for (const resource of stacks.flatMap(({ resources }) => resources)) {
    const allowed = NAMES[resource.type];
    const name = allowed === undefined ? '' : parseText(resource.properties[allowed.property], '');
    if (allowed === undefined || name === '') continue;
    const { property, pattern, rule } = allowed;
    if (!pattern.test(name)) refuseValue(resource, `the ${property} '${name}' must ${rule}.`);
    const key = `${resource.type} ${name}`;
    const owner = owners.get(key);
    if (owner !== undefined) {
      refuseValue(resource, `the ${property} '${name}' belongs to ${pathOf(owner)} already.`);
    }
    owners.set(key, resource);
  }
}
