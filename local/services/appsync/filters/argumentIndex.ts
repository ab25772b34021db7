import type { Payload } from './filter.ts';

type Arguments = Readonly<Record<string, unknown>>;
type Shape<T> = { readonly names: readonly string[]; readonly byValues: Map<string, Set<T>> };

export type ArgumentIndex<T> = {
  readonly add: (values: Arguments, member: T) => void;
  readonly remove: (values: Arguments, member: T) => void;
  readonly of: (payload: Payload) => Iterable<T>;
};

/**
 * Members by the set of argument names that they supplied and then by the values: one look-up for each set of names
 * in use. An omitted argument is in no set; null stands for a payload whose field is null or was not selected.
 */
export function argumentIndex<T>(): ArgumentIndex<T> {
  const shapes = new Map<string, Shape<T>>();
  return {
    add: (values, member) => {
      const names = Object.keys(values).toSorted();
      const shape = entry(shapes, names.join(), () => ({ names, byValues: new Map<string, Set<T>>() }));
      entry(shape.byValues, valuesKey(names, values), () => new Set<T>()).add(member);
    },
    remove: (values, member) => {
      const names = Object.keys(values).toSorted();
      const shape = shapes.get(names.join());
      const key = valuesKey(names, values);
      const members = shape?.byValues.get(key);
      members?.delete(member);
      if (members?.size === 0) shape?.byValues.delete(key);
      if (shape?.byValues.size === 0) shapes.delete(names.join());
    },
    *of(payload) {
      for (const { names, byValues } of shapes.values()) {
        yield* byValues.get(valuesKey(names, payload)) ?? [];
      }
    },
  };
}

function valuesKey(names: readonly string[], values: Payload): string {
  return JSON.stringify(names.map((name) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null)));
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}
