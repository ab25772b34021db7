import type { AnyNode, Node, Pattern } from 'acorn';
import { isFunction, namesOf, type FunctionNode } from './nodes.ts';

/** A name, with the expression or function that it stands for where the code says so. */
export type Declaration = {
  readonly name: string;
  readonly kind: 'import' | 'function' | 'class' | 'parameter' | 'const' | 'let' | 'var';
  readonly value: AnyNode | null;
  /** The program, function or block that it belongs to. */
  readonly owner: AnyNode;
};

type Declared = Omit<Declaration, 'owner'>;
type Scope = Map<string, Declaration>;
type ParentOf = (node: Node) => AnyNode | null;

/** The names of each node that has names of its own. */
export function scopesOf(nodes: readonly AnyNode[], parentOf: ParentOf): ReadonlyMap<Node, Scope> {
  const scopes = new Map<Node, Scope>();
  for (const node of nodes) {
    for (const declared of declarationsOf(node)) {
      const owner = ownerOf(node, declared, parentOf);
      const scope = scopes.get(owner) ?? new Map();
      scopes.set(owner, scope.set(declared.name, { ...declared, owner }));
    }
  }
  return scopes;
}

function declarationsOf(node: AnyNode): readonly Declared[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.specifiers.map((each) => ({ name: each.local.name, kind: 'import', value: each }));
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id, init }) =>
        namesOf(id).map((name) => ({ name, kind: variableKind(node.kind), value: whole(id, init ?? null) })),
      );
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [{ name: node.id.name, kind: 'class', value: node }] : [];
    case 'CatchClause':
      return namesOf(node.param ?? null).map((name) => ({ name, kind: 'let', value: null }));
    default:
      return isFunction(node) ? functionDeclarations(node) : [];
  }
}

function functionDeclarations(node: FunctionNode): readonly Declared[] {
  const own: readonly Declared[] = node.id ? [{ name: node.id.name, kind: 'function', value: node }] : [];
  const parameters = node.params.flatMap(namesOf);
  return [...own, ...parameters.map((name) => ({ name, kind: 'parameter', value: null }) as const)];
}

function variableKind(kind: string): 'const' | 'let' | 'var' {
  return kind === 'let' || kind === 'var' ? kind : 'const';
}

/** A part of a destructured value is not known. */
function whole(id: Pattern, init: AnyNode | null): AnyNode | null {
  return id.type === 'Identifier' ? init : null;
}

const BLOCKS = new Set<string>([
  'Program',
  'BlockStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'SwitchStatement',
]);

function ownerOf(node: AnyNode, { kind }: Declared, parentOf: ParentOf): AnyNode {
  const inside =
    kind === 'parameter' ||
    node.type === 'CatchClause' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ClassExpression';
  if (inside) return node;
  const isOwner = (one: AnyNode) =>
    kind === 'var' ? one.type === 'Program' || isFunction(one) : BLOCKS.has(one.type) || isFunction(one);
  let owner: AnyNode = node;
  do owner = parentOf(owner) ?? owner;
  while (!isOwner(owner));
  return owner;
}
