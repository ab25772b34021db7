import { Unsupported } from './errors.ts';
import { evaluate, holds, type Scope } from './evaluate.ts';
import {
  IDENTITIES,
  isResourceType,
  type Identity,
  type IdentityContext,
  type NamedResource,
  type ResourceType,
} from './identity.ts';
import { isObject, parseObject, parseText, type JsonObject } from './json.ts';
import type { Stack } from './readAssembly.ts';

/** A resource of a stack with its properties evaluated. */
export type Resource = {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: ResourceType;
  readonly properties: JsonObject;
  readonly reference: string;
  /** What `Fn::GetAtt` gives; throws Unsupported for an attribute that the type does not have. */
  readonly attribute: (name: string) => string;
};

export type EvaluatedStack = {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly assets: ReadonlyMap<string, string>;
};

/** Resolves every name, reference and output of a stack. Throws Unsupported, naming the resource. */
export function evaluateStack(stack: Stack, context: IdentityContext): EvaluatedStack {
  const declared = parseObject(stack.template['Resources']);
  const scope = createScope(stack, declared, context);
  const present = Object.entries(declared).filter(([, resource]) => isPresent(resource, scope));
  const resources = present.map(([logicalId, resource]): Resource => {
    const type = typeOf(stack.name, logicalId, parseObject(resource));
    return {
      stack: stack.name,
      logicalId,
      type,
      properties: parseObject(evaluate(parseObject(resource)['Properties'] ?? {}, scope)),
      reference: scope.reference(logicalId),
      attribute: (name) => scope.attribute(logicalId, name),
    };
  });
  return { name: stack.name, resources, outputs: evaluateOutputs(stack, scope), assets: stack.assets };
}

function isPresent(resource: unknown, scope: Scope): boolean {
  const condition = parseObject(resource)['Condition'];
  return condition === undefined || holds(condition, scope);
}

function createScope(stack: Stack, declared: JsonObject, context: IdentityContext): Scope {
  const identityOf = (logicalId: string): Identity =>
    IDENTITIES[typeOf(stack.name, logicalId, parseObject(declared[logicalId]))];
  const named = (logicalId: string): NamedResource => ({
    stack: stack.name,
    logicalId,
    property: (name) => {
      const value = evaluate(parseObject(parseObject(declared[logicalId])['Properties'])[name], scope);
      return typeof value === 'string' ? value : null;
    },
  });
  const scope: Scope = {
    stackName: stack.name,
    parameters: parseObject(stack.template['Parameters']),
    mappings: parseObject(stack.template['Mappings']),
    conditions: parseObject(stack.template['Conditions']),
    hasResource: (logicalId) => isObject(declared[logicalId]),
    reference: (logicalId) => identityOf(logicalId).reference(named(logicalId), context),
    attribute: (logicalId, name) => {
      const { attributes } = identityOf(logicalId);
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (attribute !== undefined) return attribute(named(logicalId), context);
      throw new Unsupported(`The attribute ${name} of ${stack.name}/${logicalId} is not supported.`);
    },
  };
  return scope;
}

function typeOf(stackName: string, logicalId: string, resource: JsonObject): ResourceType {
  const type = parseText(resource['Type'], '(no type)');
  if (isResourceType(type)) return type;
  throw new Unsupported(
    `The resource ${stackName}/${logicalId} has the type ${type}, which is not supported locally.`,
  );
}

function evaluateOutputs(stack: Stack, scope: Scope): Readonly<Record<string, string>> {
  const outputs = Object.entries(parseObject(stack.template['Outputs'])).filter(([, output]) =>
    isPresent(output, scope),
  );
  return Object.fromEntries(
    outputs.map(([name, output]) => [name, String(evaluate(parseObject(output)['Value'], scope))]),
  );
}
