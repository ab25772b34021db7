import { isObject, type JsonObject } from '../../../ground/json.ts';
import type { Diagnostics } from './diagnostics.ts';

type Outer = {
  readonly pointer: string;
  /** What the scopes around this one assign. */
  readonly outer: ReadonlySet<string>;
  readonly diagnostics: Diagnostics;
};

/** The variables that the scopes within a state must not assign, by the state's name. */
export type AssignedNames = (state: string) => ReadonlySet<string>;

/**
 * The variables of a scope and of those around it. A branch or an iteration must not assign one of theirs, but for what
 * the Catch of its own state assigns: AWS takes that, because the two never stand side by side.
 */
export function assignedNames(states: JsonObject, { pointer, outer, diagnostics }: Outer): AssignedNames {
  const byState = Object.entries(states).map(([name, state]) => ({ name, assigns: assignsOf(name, state) }));
  for (const [place, assign] of byState.flatMap(({ assigns }) => assigns)) {
    for (const name of Object.keys(assign)) {
      if (!outer.has(name)) continue;
      const message = `The variable name '${name}' was already defined in a parent scope.`;
      diagnostics.add('DUPLICATE_VARIABLE_NAME', message, `${pointer}/States/${place}/${name}`);
    }
  }
  return (state) => {
    const names = new Set(outer);
    for (const { name, assigns } of byState) {
      const counting =
        name === state ? assigns.filter(([place]) => !place.startsWith(`${name}/Catch[`)) : assigns;
      for (const assigned of counting.flatMap(([, assign]) => Object.keys(assign))) names.add(assigned);
    }
    return names;
  };
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
