import { isObject, type JsonObject } from '../../../ground/json.ts';

/** Members of `$states` that only some fields may read. */
export type Readable = readonly ('result' | 'errorOutput')[];

const RESTRICTED = ['result', 'errorOutput'] as const;

/** What AWS refuses in an expression that parses: names that would have to come from a context that does not exist. */
export function checkExpression(ast: unknown, readable: Readable): readonly string[] {
  const found = new Set<string>();
  visit(ast, { readable, found });
  return [...found];
}

type Visit = { readonly readable: Readable; readonly found: Set<string> };

/** Walks the parts that are evaluated without a context item; what follows a step of a path has one. */
function visit(node: unknown, walk: Visit): void {
  if (Array.isArray(node)) {
    for (const inner of node) visit(inner, walk);
    return;
  }
  if (!isObject(node)) return;
  if (node['type'] === 'path') {
    visitPath(node, walk);
    return;
  }
  if (node['type'] === 'name' || node['type'] === 'wildcard' || node['type'] === 'descendant') {
    refuse(String(node['value']), walk);
  }
  if (node['type'] === 'variable' && node['value'] === '$') {
    walk.found.add("Reference to '$$' is not supported.");
  }
  for (const part of PARTS) visit(node[part], walk);
}

/** Members of a node that are evaluated in the context of the node itself. */
const PARTS = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'condition',
  'then',
  'else',
  'procedure',
  'arguments',
  'body',
] as const;

function visitPath(node: JsonObject, walk: Visit): void {
  const steps = Array.isArray(node['steps']) ? node['steps'] : [];
  const [first, second] = steps.map((step) => (isObject(step) ? step : {}));
  visit(first, walk);
  if (first?.['type'] !== 'variable' || first['value'] !== 'states' || second?.['type'] !== 'name') return;
  const member = RESTRICTED.find((name) => name === second['value']);
  if (member !== undefined && !walk.readable.includes(member)) {
    walk.found.add(`Field '$states.${member}' does not exist.`);
  }
}

function refuse(name: string, walk: Visit): void {
  walk.found.add(`Reference to '${name}' at the top level is not supported.`);
}
