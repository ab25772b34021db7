import type { AnyNode, Identifier, Node, Program } from 'acorn';
import { exportedNames, isFunction, memberName, type FunctionNode } from './nodes.ts';
import { scopesOf, type Declaration } from './scopes.ts';

/** AWS's lint rules by their names, and what AppSync refuses besides. */
export const RULE_NAMES = [
  'code-too-long',
  'parser-error',
  'missing-handler',
  'not-supported-locally',
  'no-accessors',
  'no-async',
  'no-await',
  'no-bigint',
  'no-classes',
  'no-const-assign',
  'no-continue',
  'no-date',
  'no-debugger',
  'no-disallowed-binary-operators',
  'no-disallowed-methods',
  'no-disallowed-re-assignment',
  'no-disallowed-unary-operators',
  'no-for',
  'no-function-passing',
  'no-function-reassign',
  'no-function-return',
  'no-generators',
  'no-imports',
  'no-in-operator',
  'no-labels',
  'no-new',
  'no-promise',
  'no-recursion',
  'no-regex',
  'no-tagged-templates',
  'no-this',
  'no-throw',
  'no-try',
  'no-undeclared-globals',
  'no-unknown-utilities',
  'no-while',
  'no-yield',
] as const;

export type RuleName = (typeof RULE_NAMES)[number];
export type Finding = { readonly position: number; readonly rule: RuleName; readonly message: string };

/** A module with what the rules ask of it. */
export type Code = {
  readonly program: Program;
  /** In the order of the text. */
  readonly nodes: readonly AnyNode[];
  readonly parentOf: (node: Node) => AnyNode | null;
  /** Null for a global name, or one that does not exist. */
  readonly declarationOf: (identifier: Identifier) => Declaration | null;
  /** The functions that the module exports as handlers. */
  readonly handlers: ReadonlyMap<string, AnyNode>;
};

export const HANDLERS: readonly string[] = ['request', 'response'];

export function readCode(program: Program): Code {
  const parents = new Map<Node, AnyNode>();
  const nodes: AnyNode[] = [];
  const visit = (node: AnyNode) => {
    nodes.push(node);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(program);
  const parentOf = (node: Node) => parents.get(node) ?? null;
  const scopes = scopesOf(nodes, parentOf);
  return {
    program,
    nodes,
    parentOf,
    handlers: handlersOf(program, scopes.get(program)),
    declarationOf: (identifier) => {
      for (let node: AnyNode | null = identifier; node !== null; node = parentOf(node)) {
        const found = scopes.get(node)?.get(identifier.name);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node)
    .flat()
    .filter((value): value is AnyNode => typeof value === 'object' && value !== null && 'type' in value)
    .toSorted((left, right) => left.start - right.start);
}

function handlersOf(
  program: Program,
  names: ReadonlyMap<string, Declaration> | undefined,
): ReadonlyMap<string, AnyNode> {
  const handlers = new Map<string, AnyNode>();
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || statement.source) continue;
    for (const [exported, local] of exportedNames(statement)) {
      const value = names?.get(local)?.value ?? null;
      if (HANDLERS.includes(exported) && value !== null && isFunction(value)) handlers.set(exported, value);
    }
  }
  return handlers;
}

/** The functions that an expression may stand for. */
export function functionsOf(code: Code, node: AnyNode): readonly FunctionNode[] {
  if (isFunction(node)) return [node];
  if (node.type === 'Identifier') {
    const value = code.declarationOf(node)?.value ?? null;
    return value !== null && isFunction(value) ? [value] : [];
  }
  if (node.type === 'ConditionalExpression')
    return [...functionsOf(code, node.consequent), ...functionsOf(code, node.alternate)];
  if (node.type === 'LogicalExpression')
    return [...functionsOf(code, node.left), ...functionsOf(code, node.right)];
  return [];
}

/** Whether a node is what an assignment, `delete` or a loop writes to. */
export function isTarget(code: Code, node: AnyNode): boolean {
  const parent = code.parentOf(node);
  if (parent === null) return false;
  switch (parent.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node;
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'delete';
    case 'ChainExpression':
      return isTarget(code, parent);
    case 'Property':
      return parent.value === node && code.parentOf(parent)?.type === 'ObjectPattern';
    default:
      return false;
  }
}

/** What a member expression asks for, also where constants or pieces of text make up the name; null where it is not known. */
export function knownMemberName(code: Code, node: AnyNode): string | null {
  if (node.type !== 'MemberExpression' || !node.computed) return memberName(node);
  return knownText(code, node.property);
}

function knownText(code: Code, node: AnyNode): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? null;
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [knownText(code, node.left), knownText(code, node.right)];
    return left === null || right === null ? null : left + right;
  }
  if (node.type !== 'Identifier') return null;
  const declaration = code.declarationOf(node);
  return declaration?.kind === 'const' && declaration.value !== null
    ? knownText(code, declaration.value)
    : null;
}
