import type { AnyNode, Identifier } from 'acorn';
import { isTarget, type Code, type Finding } from '../code.ts';
import { memberName } from '../nodes.ts';

/** `ctx` of a handler and what stands in it cannot be assigned or deleted; the properties of that can. */
export function findContextWrites(code: Code): readonly Finding[] {
  const handlers = new Set(code.handlers.values());
  return code.nodes.flatMap((node) => {
    if (node.type !== 'Identifier' || !isContext(code, node, handlers)) return [];
    const written = writtenAt(code, node);
    if (written === null) return [];
    const message = `${written} cannot be assigned or deleted; what is in its properties can.`;
    return [{ position: node.start, rule: 'no-disallowed-re-assignment', message }];
  });
}

/** Whether an identifier is the first parameter of a handler. */
function isContext(code: Code, node: Identifier, handlers: ReadonlySet<AnyNode>): boolean {
  const declaration = code.declarationOf(node);
  if (declaration?.kind !== 'parameter' || !handlers.has(declaration.owner)) return false;
  const { owner } = declaration;
  const first = 'params' in owner ? owner.params[0] : undefined;
  return first?.type === 'Identifier' && first.name === node.name;
}

function writtenAt(code: Code, node: Identifier): string | null {
  if (isTarget(code, node)) return node.name;
  const parent = code.parentOf(node);
  if (parent?.type !== 'MemberExpression' || parent.object !== node || !isTarget(code, parent)) return null;
  return `${node.name}.${memberName(parent) ?? '[…]'}`;
}
