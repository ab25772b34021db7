import type { AnyNode, Identifier } from 'acorn';
import { isTarget, type Code, type Finding } from '../code.ts';
import type { Declaration } from '../scopes.ts';
import { MISSING } from './syntaxRules.ts';

/** What APPSYNC_JS has without an import. */
const GLOBALS = new Set(
  'util extensions runtime console undefined NaN Infinity Object Array String Number Boolean Math JSON parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent'.split(
    ' ',
  ),
);

/** Names that do not exist (`fetch`, `process`, `Date`), and assignments to names that stay what they are. */
export function findNames(code: Code): readonly Finding[] {
  return code.nodes.flatMap((node) => {
    if (node.type !== 'Identifier' || !isReference(code, node)) return [];
    const declaration = code.declarationOf(node);
    const found = declaration === null ? unknown(node) : constant(code, node, declaration);
    return found === null ? [] : [{ position: node.start, ...found }];
  });
}

function unknown({ name }: Identifier): Omit<Finding, 'position'> | null {
  if (GLOBALS.has(name)) return null;
  const rule = MISSING[name] ?? 'no-undeclared-globals';
  return { rule, message: `${name} does not exist in APPSYNC_JS.` };
}

function constant(code: Code, node: Identifier, { kind }: Declaration): Omit<Finding, 'position'> | null {
  if ((kind !== 'const' && kind !== 'import') || !isTarget(code, node) || isBinding(code, node)) return null;
  return { rule: 'no-const-assign', message: `${node.name} is a constant: it cannot be assigned.` };
}

/** Whether an identifier is where its name is declared. */
function isBinding(code: Code, node: AnyNode): boolean {
  let inner = node;
  let outer = code.parentOf(node);
  while (outer !== null && /Pattern$|^Property$|^RestElement$/.test(outer.type)) {
    if (outer.type === 'AssignmentPattern' && outer.right === inner) return false;
    inner = outer;
    outer = code.parentOf(outer);
  }
  if (outer?.type === 'VariableDeclarator') return outer.id === inner;
  return outer !== null && 'params' in outer && outer.params.some((each) => each === inner);
}

/** Whether an identifier names a value, and not a property, a label or something in another module. */
function isReference(code: Code, node: Identifier): boolean {
  const parent = code.parentOf(node);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === node || parent.computed;
    case 'ExportSpecifier': {
      const statement = code.parentOf(parent);
      return (
        parent.local === node && statement !== null && 'source' in statement && statement.source === null
      );
    }
    case 'NewExpression': // refused as a whole
      return parent.callee !== node;
    case 'ImportSpecifier':
    case 'ImportAttribute':
    case 'ExportAllDeclaration':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return false;
    default:
      return true;
  }
}
