import type { AnyNode, CallExpression } from 'acorn';
import { functionsOf, isTarget, type Code, type Finding } from '../code.ts';
import { isFunction, memberName, type FunctionNode } from '../nodes.ts';

/** The methods of arrays that take a function. */
const CALLBACKS = new Set(
  'map find filter findIndex findLast findLastIndex forEach reduce reduceRight every some flatMap'.split(' '),
);

/** Functions are not values in APPSYNC_JS: they are called, or given to a method of arrays. */
export function findFunctionUse(code: Code): readonly Finding[] {
  const calls = callsOf(code);
  return code.nodes.flatMap((node) => [
    ...passed(code, node),
    ...returned(code, node),
    ...reassigned(code, node),
    ...recursive(code, calls, node),
  ]);
}

function passed(code: Code, node: AnyNode): readonly Finding[] {
  if (node.type !== 'CallExpression') return [];
  const isPassed = node.arguments.some((argument) => functionsOf(code, argument).length > 0);
  if (!isPassed || CALLBACKS.has(memberName(node.callee) ?? '')) return [];
  const message = 'A function can only be passed to a method of arrays, and not to sort, in APPSYNC_JS.';
  return [{ position: node.start, rule: 'no-function-passing', message }];
}

function returned(code: Code, node: AnyNode): readonly Finding[] {
  const value =
    node.type === 'ReturnStatement'
      ? node.argument
      : node.type === 'ArrowFunctionExpression'
        ? node.body
        : null;
  if (!value || functionsOf(code, value).length === 0) return [];
  const message = 'Returning a function is not supported by APPSYNC_JS.';
  return [{ position: node.start, rule: 'no-function-return', message }];
}

function reassigned(code: Code, node: AnyNode): readonly Finding[] {
  const found = (position: number, name: string): readonly Finding[] => [
    {
      position,
      rule: 'no-function-reassign',
      message: `The function ${name} cannot be assigned in APPSYNC_JS: call it by its own name.`,
    },
  ];
  if (node.type === 'Identifier' && isTarget(code, node) && functionsOf(code, node).length > 0)
    return found(node.start, node.name);
  const value =
    node.type === 'VariableDeclarator'
      ? node.init
      : node.type === 'AssignmentExpression' && node.operator === '='
        ? node.right
        : null;
  return value?.type === 'Identifier' && functionsOf(code, value).length > 0
    ? found(node.start, value.name)
    : [];
}

type Calls = ReadonlyMap<FunctionNode, readonly FunctionNode[]>;

/** Which functions a function may call, also from the functions inside it. */
function callsOf(code: Code): Calls {
  const calls = new Map<FunctionNode, readonly FunctionNode[]>();
  for (const node of code.nodes) {
    if (node.type !== 'CallExpression') continue;
    for (const caller of around(code, node)) {
      calls.set(caller, [...(calls.get(caller) ?? []), ...functionsOf(code, node.callee)]);
    }
  }
  return calls;
}

function around(code: Code, node: AnyNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let outer = code.parentOf(node); outer !== null; outer = code.parentOf(outer)) {
    if (isFunction(outer)) found.push(outer);
  }
  return found;
}

function recursive(code: Code, calls: Calls, node: AnyNode): readonly Finding[] {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return [];
  const outer = new Set<FunctionNode>(around(code, node));
  if (!leadsTo(code, calls, node, outer)) return [];
  const message = `The function ${node.callee.name} calls itself, which APPSYNC_JS does not allow.`;
  return [{ position: node.start, rule: 'no-recursion', message }];
}

function leadsTo(
  code: Code,
  calls: Calls,
  { callee }: CallExpression,
  ends: ReadonlySet<FunctionNode>,
): boolean {
  const seen = new Set<FunctionNode>();
  const waiting = [...functionsOf(code, callee)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (ends.has(next)) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(calls.get(next) ?? []));
  }
  return false;
}
