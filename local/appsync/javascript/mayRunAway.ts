import { parse } from 'acorn';
import { full } from 'acorn-walk';

/** Loops, callbacks and string builders: the only ways in which a handler of the accepted language can run for long. */
const ITERATING = new Set([
  'ForOfStatement',
  'ForInStatement',
  'ArrowFunctionExpression',
  'FunctionExpression',
]);
const BUILDING = /\.(?:repeat|padStart|padEnd|fill|replaceAll|replace|split|match)\b|\bRegExp\b/;
/** A repeated group is what makes a regular expression explode. */
const REPEATED_GROUP = /\)\s*[*+{]/;

export function mayRunAway(text: string): boolean {
  if (BUILDING.test(text) || REPEATED_GROUP.test(text)) return true;
  let found = false;
  full(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (ITERATING.has(node.type)) found = true;
  });
  return found;
}
