import type { AnyNode, Node, Pattern, Program } from 'acorn';
import { ancestor, full } from 'acorn-walk';
import type { Finding } from './rules.ts';

/** What APPSYNC_JS has without an import. */
const GLOBALS = new Set(
  'util extensions runtime console undefined NaN Infinity Object Array String Number Boolean Math JSON parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent BigInt Set Map'.split(
    ' ',
  ),
);

/** Names that are declared nowhere in the code and that AppSync does not have: `fetch`, `process`, `Promise`, `Date`. */
export function findUndeclared(program: Program): readonly Finding[] {
  const declared = declaredNames(program);
  const findings: Finding[] = [];
  const visit = (node: Node, _state: unknown, ancestors: readonly Node[]) => {
    const { name } = node as AnyNode & { name: string };
    if (declared.has(name) || GLOBALS.has(name) || !isReference(node, ancestors.at(-2))) return;
    const rule = name === 'Promise' ? 'no-promise' : name === 'Date' ? 'no-date' : 'no-undeclared-globals';
    findings.push({ position: node.start, rule, message: `${name} does not exist in APPSYNC_JS.` });
  };
  ancestor(program, { Identifier: visit });
  return findings;
}

/** Whether an identifier names a value; the walker visits property keys only where they are computed. */
function isReference(node: Node, parent: Node | undefined): boolean {
  const outer = parent as AnyNode | undefined;
  if (outer?.type === 'MemberExpression') return outer.object === node || outer.computed;
  if (outer?.type === 'Property') return outer.value === node || outer.computed || outer.shorthand;
  return outer?.type !== 'ExportSpecifier' && outer?.type !== 'ImportSpecifier';
}

function declaredNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  full(program, (node) => {
    for (const name of namesOf(node as AnyNode)) names.add(name);
  });
  return names;
}

function namesOf(node: AnyNode): readonly string[] {
  if (node.type === 'VariableDeclarator') return patternNames(node.id);
  if (node.type === 'ImportDeclaration') return node.specifiers.map(({ local }) => local.name);
  if (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  ) {
    return [...(node.id ? [node.id.name] : []), ...node.params.flatMap(patternNames)];
  }
  if (node.type === 'CatchClause' && node.param) return patternNames(node.param);
  return node.type === 'ClassDeclaration' && node.id ? [node.id.name] : [];
}

function patternNames(pattern: Pattern | null): readonly string[] {
  if (pattern === null) return [];
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return patternNames(pattern.left);
  if (pattern.type === 'RestElement') return patternNames(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap(patternNames);
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) =>
    property.type === 'Property' ? patternNames(property.value) : patternNames(property.argument),
  );
}
