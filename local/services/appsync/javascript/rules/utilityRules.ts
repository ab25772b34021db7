import type { AnyNode } from 'acorn';
import type { Code, Finding } from '../code.ts';
import { memberName } from '../nodes.ts';
import { NOT_LOCAL, UTILITIES, type Utilities } from '../utilities.ts';

/** Members of `util`, `extensions`, `runtime` and `console` that do not exist, or not here. */
export function findUtilities(code: Code): readonly Finding[] {
  return code.nodes.flatMap((node) => {
    const path = pathOf(code, node);
    if (path === null) return [];
    const below = bindingNames(code, node).map((name) => (path === '*' ? name : `${path}.${name}`));
    const own = node.type === 'MemberExpression' ? [path] : [];
    return [...own, ...below].flatMap((name) => problem(name, node.start));
  });
}

function problem(path: string, position: number): readonly Finding[] {
  if (NOT_LOCAL.has(path))
    return [{ position, rule: 'not-supported-locally', message: `${path} is not supported locally.` }];
  const names = path.split('.');
  const known = names.slice(0, -1).reduce<Utilities | true | undefined>(member, UTILITIES);
  if (known === undefined || known === true || member(known, names.at(-1) ?? '') !== undefined) return [];
  return [{ position, rule: 'no-unknown-utilities', message: `${path} does not exist in APPSYNC_JS.` }];
}

function member(tree: Utilities | true | undefined, name: string): Utilities | true | undefined {
  return tree === undefined || tree === true || !Object.hasOwn(tree, name) ? undefined : tree[name];
}

/** `util.time.nowISO8601` for what stands for it, whatever the import is called; null for anything else. */
function pathOf(code: Code, node: AnyNode): string | null {
  if (node.type === 'ChainExpression') return pathOf(code, node.expression);
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    const object = pathOf(code, node.object);
    if (name === null || object === null) return null;
    return object === '*' ? name : `${object}.${name}`;
  }
  if (node.type !== 'Identifier') return null;
  const declaration = code.declarationOf(node);
  if (declaration === null) return Object.hasOwn(UTILITIES, node.name) ? node.name : null;
  return declaration.value === null ? null : meaningOf(code, declaration.kind, declaration.value);
}

/** An import or a constant that stands for one of the names; `*` for all of them. */
function meaningOf(code: Code, kind: string, value: AnyNode): string | null {
  if (value.type === 'ImportNamespaceSpecifier') return '*';
  if (value.type === 'ImportSpecifier')
    return value.imported.type === 'Identifier' ? value.imported.name : null;
  return kind === 'const' ? pathOf(code, value) : null;
}

/** What `const { a, b } = value` takes out of the value. */
function bindingNames(code: Code, node: AnyNode): readonly string[] {
  const parent = code.parentOf(node);
  if (parent?.type !== 'VariableDeclarator' || parent.init !== node || parent.id.type !== 'ObjectPattern')
    return [];
  return parent.id.properties.flatMap((property) =>
    property.type === 'Property' && !property.computed && property.key.type === 'Identifier'
      ? [property.key.name]
      : [],
  );
}
