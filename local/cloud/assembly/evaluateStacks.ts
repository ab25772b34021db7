import { Unsupported } from '../../ground/refusal.ts';
import { evaluate, holds, type Scope } from './evaluate.ts';
import {
  IDENTITIES,
  type Identity,
  type IdentityContext,
  isResourceType,
  type NamedResource,
  type ResourceType,
} from './identity.ts';
import { isObject, type JsonObject, parseObject, parseText } from '../../ground/json.ts';
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

/** Resolves every name, reference, output and import of the stacks. Throws Unsupported, naming the resource. */
export function evaluateStacks(
  stacks: readonly Stack[],
  context: IdentityContext,
): readonly EvaluatedStack[] {
  const scopes = new Map<Stack, Scope>();
  const imported = (name: string) => findExport(name, scopes);
  for (const stack of stacks) {
    if (stack.template['Transform'] !== undefined) {
      throw new Unsupported(`The Transform of the stack ${stack.name} is not supported locally.`);
    }
    scopes.set(stack, createScope({ stack, context, imported }));
  }
  return [...scopes].map(([stack, scope]) => evaluateStack(stack, scope));
}

function findExport(name: string, scopes: ReadonlyMap<Stack, Scope>): string | null {
  for (const [stack, scope] of scopes) {
    for (const [output, { Value, Export }] of outputsOf(stack, scope)) {
      if (Export === undefined || evaluate(parseObject(Export)['Name'], scope) !== name) continue;
      return scope.once(`the output ${output}`, () => String(evaluate(Value, scope)));
    }
  }
  return null;
}

function evaluateStack(stack: Stack, scope: Scope): EvaluatedStack {
  const declared = parseObject(stack.template['Resources']);
  const present = Object.entries(declared).filter(([, resource]) => isPresent(resource, scope));
  const resources = present.map(([logicalId, resource]): Resource => {
    const type = typeOf(stack.name, logicalId, parseObject(resource));
    return naming(`${stack.name}/${logicalId} (${type})`, () => ({
      stack: stack.name,
      logicalId,
      type,
      properties: parseObject(evaluate(parseObject(resource)['Properties'] ?? {}, scope)),
      reference: scope.reference(logicalId),
      attribute: (name) => scope.attribute(logicalId, name),
    }));
  });
  return { name: stack.name, resources, outputs: evaluateOutputs(stack, scope), assets: stack.assets };
}

/** A refusal says in which resource or output it was found. */
function naming<T>(where: string, find: () => T): T {
  try {
    return find();
  } catch (cause) {
    if (!(cause instanceof Unsupported)) throw cause;
    throw new Unsupported(`${where}: ${cause.message}`, { cause });
  }
}

function isPresent(resource: unknown, scope: Scope): boolean {
  const condition = parseObject(resource)['Condition'];
  return condition === undefined || holds(condition, scope);
}

type ScopeOptions = Pick<Scope, 'imported'> & { readonly stack: Stack; readonly context: IdentityContext };

function createScope({ stack, context, imported }: ScopeOptions): Scope {
  const declared = parseObject(stack.template['Resources']);
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
  const once = createOnce(stack.name);
  const scope: Scope = {
    stackName: stack.name,
    once,
    parameters: parseObject(stack.template['Parameters']),
    mappings: parseObject(stack.template['Mappings']),
    conditions: parseObject(stack.template['Conditions']),
    hasResource: (logicalId) => isObject(declared[logicalId]),
    reference: (logicalId) =>
      once(logicalId, () => identityOf(logicalId).reference(named(logicalId), context)),
    attribute: (logicalId, name) => {
      const { attributes } = identityOf(logicalId);
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (attribute !== undefined) return once(logicalId, () => attribute(named(logicalId), context));
      throw new Unsupported(`The attribute ${name} of ${stack.name}/${logicalId} is not supported.`);
    },
    imported,
  };
  return scope;
}

function createOnce(stackName: string): Scope['once'] {
  const underWay = new Set<string>();
  return (what, find) => {
    if (underWay.has(what)) {
      const circle = [...underWay, what].join(' -> ');
      throw new Unsupported(`The stack ${stackName} has a circular reference: ${circle}.`);
    }
    underWay.add(what);
    try {
      return find();
    } finally {
      underWay.delete(what);
    }
  };
}

function typeOf(stackName: string, logicalId: string, resource: JsonObject): ResourceType {
  const type = parseText(resource['Type'], '(no type)');
  if (isResourceType(type)) return type;
  throw new Unsupported(
    `The resource ${stackName}/${logicalId} has the type ${type}, which is not supported locally.`,
  );
}

function outputsOf(stack: Stack, scope: Scope): readonly (readonly [string, JsonObject])[] {
  const outputs = Object.entries(parseObject(stack.template['Outputs']));
  return outputs
    .filter(([, output]) => isPresent(output, scope))
    .map(([name, output]) => [name, parseObject(output)]);
}

function evaluateOutputs(stack: Stack, scope: Scope): Readonly<Record<string, string>> {
  const values = outputsOf(stack, scope).map(([name, { Value }]) => [
    name,
    naming(`The output ${stack.name}/${name}`, () => String(evaluate(Value, scope))),
  ]);
  return Object.fromEntries(values);
}
