import { parse, type AnyNode } from 'acorn';
import { full } from 'acorn-walk';

/** Loops, callbacks and string builders: the only ways in which a handler of the accepted language can run for long. */
const ITERATING = new Set([
  'ForOfStatement',
  'ForInStatement',
  'ArrowFunctionExpression',
  'FunctionExpression',
]);
const BUILDING = new Set(['repeat', 'padStart', 'padEnd', 'fill', 'replaceAll', 'replace', 'split', 'match']);
/** A repeated group is what makes a regular expression explode. */
const REPEATED_GROUP = /\)\s*[*+{]/;

/** Whether a run of this code needs a watchdog. */
export function mayRunAway(text: string): boolean {
  let found = false;
  full(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (canTakeLong(node as AnyNode)) found = true;
  });
  return found;
}

function canTakeLong(node: AnyNode): boolean {
  if (ITERATING.has(node.type)) return true;
  if (node.type === 'Literal') return typeof node.value === 'string' && REPEATED_GROUP.test(node.value);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { property } = node.callee;
  if (property.type !== 'Identifier' || node.callee.computed) return true;
  const takesPattern = property.name === 'matches' && node.arguments[0]?.type !== 'Literal';
  return takesPattern || BUILDING.has(property.name);
}
