import { isObject } from '../../../ground/json.ts';
import type { Jsonata } from '../jsonata/loadJsonata.ts';

/** The workflow variables that an expression reads: not its own, not `$states`, not the functions of JSONata. */
export function variablesOf(ast: unknown, jsonata: Jsonata): readonly string[] {
  const names: Names = { read: new Set(), own: new Set(['states', '', '$']) };
  visit(ast, names);
  return [...names.read].filter((name) => !names.own.has(name) && !isFunction(name, jsonata));
}

type Names = { readonly read: Set<string>; readonly own: Set<string> };

function visit(node: unknown, names: Names): void {
  if (Array.isArray(node)) {
    for (const inner of node) visit(inner, names);
    return;
  }
  if (!isObject(node)) return;
  if (node['type'] === 'variable') names.read.add(String(node['value']));
  if (node['type'] === 'bind') addOwn([node['lhs']], names);
  if (node['type'] === 'lambda') addOwn(node['arguments'], names);
  for (const inner of Object.values(node)) visit(inner, names);
}

function addOwn(nodes: unknown, { own }: Names): void {
  for (const node of Array.isArray(nodes) ? nodes : []) {
    if (isObject(node) && node['type'] === 'variable') own.add(String(node['value']));
  }
}

function isFunction(name: string, jsonata: Jsonata): boolean {
  const value = jsonata(`$${name}`).evaluate(undefined, {});
  return isObject(value) && '_jsonata_function' in value;
}
