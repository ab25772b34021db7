import { readFileSync } from 'node:fs';
import type { EvaluatedStack, Resource } from '../assembly/evaluateStacks.ts';
import { parseObject, parseText } from '../../ground/json.ts';
import type { StepFunctions } from '../../services/stepFunctions/stepFunctions.ts';
import { naming, refuse } from './refuse.ts';

export function provisionStateMachines(stack: EvaluatedStack, stepFunctions: StepFunctions): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')) {
    const { properties } = resource;
    const type = parseText(properties['StateMachineType'], 'STANDARD');
    if (type !== 'STANDARD') refuse(resource, `a state machine of the type ${type} is`);
    naming(resource, () =>
      stepFunctions.define({
        name: resource.attribute('Name'),
        arn: resource.reference,
        roleArn: parseText(properties['RoleArn'], ''),
        definition: definitionOf(resource, stack.assets),
      }),
    );
  }
}

function definitionOf(resource: Resource, assets: ReadonlyMap<string, string>): string {
  const { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions } = resource.properties;
  const substitutions = parseObject(DefinitionSubstitutions);
  const text =
    typeof DefinitionString === 'string'
      ? DefinitionString
      : Definition === undefined
        ? readDefinition(resource, parseText(parseObject(DefinitionS3Location)['Key'], ''), assets)
        : JSON.stringify(Definition);
  return text.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(substitutions, name) ? String(substitutions[name]) : whole,
  );
}

function readDefinition(resource: Resource, key: string, assets: ReadonlyMap<string, string>): string {
  const file = assets.get(key);
  if (file === undefined) refuse(resource, `a definition that is not an asset of this assembly (${key}) is`);
  return readFileSync(file, 'utf8');
}
