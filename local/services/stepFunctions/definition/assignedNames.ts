import { isObject, type JsonObject } from '../../../ground/json.ts';
import type { Diagnostics } from './diagnostics.ts';

type Outer = {
  readonly pointer: string;
  /** What the scopes around this one assign. */
  readonly outer: ReadonlySet<string>;
  readonly diagnostics: Diagnostics;
};

/** The variables of a scope and of those around it. A branch or an iteration must not assign one of theirs. */
export function assignedNames(
  states: JsonObject,
  { pointer, outer, diagnostics }: Outer,
): ReadonlySet<string> {
  const names = new Set(outer);
  for (const [place, assign] of Object.entries(states).flatMap(([name, state]) => assignsOf(name, state))) {
    for (const name of Object.keys(assign)) {
      if (outer.has(name)) {
        const message = `The variable name '${name}' was already defined in a parent scope.`;
        diagnostics.add('DUPLICATE_VARIABLE_NAME', message, `${pointer}/States/${place}/${name}`);
      }
      names.add(name);
    }
  }
  return names;
}

type PlacedAssign = readonly [place: string, assign: JsonObject];

function assignsOf(name: string, state: unknown): readonly PlacedAssign[] {
  if (!isObject(state)) return [];
  const within = (['Choices', 'Catch'] as const).flatMap((list) => {
    const items: readonly unknown[] = Array.isArray(state[list]) ? state[list] : [];
    return items.flatMap((item, index) => assignOf(`${name}/${list}[${index}]`, item));
  });
  return [...assignOf(name, state), ...within];
}

function assignOf(place: string, holder: unknown): readonly PlacedAssign[] {
  if (!isObject(holder) || !isObject(holder['Assign'])) return [];
  return [[`${place}/Assign`, holder['Assign']]];
}
