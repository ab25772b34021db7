import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  ExportNamedDeclaration,
  FunctionDeclaration,
  FunctionExpression,
  Pattern,
} from 'acorn';

export type FunctionNode =
  FunctionDeclaration | AnonymousFunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** The names that a pattern binds. */
export function namesOf(pattern: Pattern | null): readonly string[] {
  if (pattern === null) return [];
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return namesOf(pattern.left);
  if (pattern.type === 'RestElement') return namesOf(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap(namesOf);
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) =>
    namesOf(property.type === 'Property' ? property.value : property.argument),
  );
}

/** What a member expression asks for, where the text says it: `a.name` and `a['name']`. */
export function memberName(node: AnyNode): string | null {
  if (node.type !== 'MemberExpression') return null;
  const { computed, property } = node;
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

/** The names that a statement exports, each with what it is called inside. */
export function exportedNames({
  declaration,
  specifiers,
}: ExportNamedDeclaration): readonly (readonly [string, string])[] {
  const same = (name: string) => [name, name] as const;
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => namesOf(id).map(same));
  if (declaration) return [same(declaration.id.name)];
  return specifiers.flatMap(({ exported, local }) =>
    exported.type === 'Identifier' && local.type === 'Identifier'
      ? [[exported.name, local.name] as const]
      : [],
  );
}
