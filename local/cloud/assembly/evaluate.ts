import { ACCOUNT_ID, PARTITION, REGION } from '../../ground/account.ts';
import { Unsupported } from '../../ground/refusal.ts';
import { isObject, type JsonObject, parseList, parseObject } from '../../ground/json.ts';

/** What the intrinsic functions of one template refer to. */
export type Scope = {
  readonly stackName: string;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  /** Runs what finds out the value of `what`; throws Unsupported when that needs the value itself. */
  readonly once: <T>(what: string, find: () => T) => T;
  readonly hasResource: (logicalId: string) => boolean;
  /** What `Ref` gives for a resource. */
  readonly reference: (logicalId: string) => string;
  /** What `Fn::GetAtt` gives. */
  readonly attribute: (logicalId: string, name: string) => string;
  /** What a stack of the assembly exports under a name; null when none does. */
  readonly imported: (name: string) => string | null;
};

const NO_VALUE = Symbol('AWS::NoValue');

/** A template value with every intrinsic function replaced by what it stands for. Throws Unsupported, naming the function. */
export function evaluate(value: unknown, scope: Scope): unknown {
  const result = evaluateValue(value, scope);
  return result === NO_VALUE ? undefined : result;
}

function evaluateValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluateValue(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value === 'string') refuseDynamicReference(value, scope);
  if (!isObject(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && isIntrinsic(name)) return callIntrinsic(name, value[name], scope);
  const entries = Object.entries(value).map(([key, inner]) => [key, evaluateValue(inner, scope)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== NO_VALUE));
}

/** CloudFormation would ask another service for it. */
function refuseDynamicReference(text: string, { stackName }: Scope): void {
  const [reference] = /\{\{resolve:[^}]*\}\}/.exec(text) ?? [];
  if (reference === undefined) return;
  throw new Unsupported(`The dynamic reference ${reference} is not supported (stack ${stackName}).`);
}

function isIntrinsic(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
}

function callIntrinsic(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
  if (intrinsic === undefined) {
    throw new Unsupported(`The intrinsic function ${name} is not supported (stack ${scope.stackName}).`);
  }
  return intrinsic(argument, scope);
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => reference(String(argument), scope),
  Condition: (argument, scope) => holds(argument, scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...path] =
      typeof argument === 'string' ? argument.split('.') : parseList(argument);
    return attribute(String(logicalId), path.map((part) => String(evaluate(part, scope))).join('.'), scope);
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = parseList(argument);
    return parseList(evaluate(parts, scope)).map(String).join(String(delimiter));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Select': (argument, scope) => {
    const [index, list] = parseList(argument);
    return parseList(evaluate(list, scope))[Number(evaluate(index, scope))];
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = parseList(argument);
    return String(evaluate(text, scope)).split(String(delimiter));
  },
  'Fn::ImportValue': (argument, scope) => {
    const name = String(evaluate(argument, scope));
    const value = scope.imported(name);
    if (value !== null) return value;
    throw new Unsupported(
      `The intrinsic function Fn::ImportValue is not supported for "${name}", which no stack of the assembly exports (stack ${scope.stackName}).`,
    );
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(evaluate(argument, scope))).toString('base64'),
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', top = '', second = ''] = parseList(evaluate(argument, scope)).map(String);
    return parseObject(parseObject(scope.mappings[map])[top])[second];
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = parseList(argument);
    return evaluateValue(holds(condition, scope) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = parseList(evaluate(argument, scope));
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => !evaluate(parseList(argument)[0], scope),
  'Fn::And': (argument, scope) => parseList(argument).every((one) => evaluate(one, scope) === true),
  'Fn::Or': (argument, scope) => parseList(argument).some((one) => evaluate(one, scope) === true),
};

/** Whether a condition of the template holds. */
export function holds(name: unknown, scope: Scope): boolean {
  const condition = scope.conditions[String(name)];
  if (condition === undefined) {
    throw new Unsupported(`The condition ${String(name)} is not in the stack ${scope.stackName}.`);
  }
  return scope.once(`the condition ${String(name)}`, () => evaluate(condition, scope) === true);
}

const PSEUDO_PARAMETERS: Readonly<Record<string, (scope: Scope) => unknown>> = {
  'AWS::AccountId': () => ACCOUNT_ID,
  'AWS::Region': () => REGION,
  'AWS::Partition': () => PARTITION,
  'AWS::URLSuffix': () => 'amazonaws.com',
  'AWS::StackName': ({ stackName }) => stackName,
  'AWS::StackId': ({ stackName }) =>
    `arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT_ID}:stack/${stackName}/local`,
  'AWS::NoValue': () => NO_VALUE,
  'AWS::NotificationARNs': () => [],
};

function reference(name: string, scope: Scope): unknown {
  if (Object.hasOwn(PSEUDO_PARAMETERS, name)) return PSEUDO_PARAMETERS[name]?.(scope);
  if (scope.hasResource(name)) return scope.reference(name);
  const parameter = scope.parameters[name];
  if (!isObject(parameter))
    throw new Unsupported(`Ref ${name} names nothing in the stack ${scope.stackName}.`);
  const type = String(parameter['Type']);
  if (type.startsWith('AWS::SSM::')) {
    throw new Unsupported(
      `The parameter ${name} of the stack ${scope.stackName} has the type ${type}, which is not supported.`,
    );
  }
  if (parameter['Default'] === undefined) {
    throw new Unsupported(`The parameter ${name} of the stack ${scope.stackName} has no default value.`);
  }
  return parameter['Default'];
}

function attribute(logicalId: string, name: string, scope: Scope): string {
  if (scope.hasResource(logicalId)) return scope.attribute(logicalId, name);
  throw new Unsupported(`Fn::GetAtt ${logicalId}.${name} names nothing in the stack ${scope.stackName}.`);
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = parseObject(given);
  return String(template).replaceAll(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(values, name)) return String(evaluate(values[name], scope));
    const [logicalId = '', ...path] = name.split('.');
    return String(path.length === 0 ? reference(name, scope) : attribute(logicalId, path.join('.'), scope));
  });
}
