import type { Payload } from './filter.ts';

/** The arguments that a subscription supplied; `json` names those of type AWSJSON, which payloads carry as text. */
export type Arguments = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly json: readonly string[];
};

type Shape<T> = {
  readonly names: readonly string[];
  readonly json: readonly string[];
  readonly byValues: Map<string, Set<T>>;
};

export type ArgumentIndex<T> = {
  readonly add: (given: Arguments, member: T) => void;
  readonly remove: (given: Arguments, member: T) => void;
  readonly of: (payload: Payload) => Iterable<T>;
};

/**
 * Members by the set of argument names that they supplied and then by the values: one look-up for each set of names
 * in use. An omitted argument is in no set; null stands for a payload whose field is null or was not selected.
 */
export function argumentIndex<T>(): ArgumentIndex<T> {
  const shapes = new Map<string, Shape<T>>();
  return {
    add: ({ values, json }, member) => {
      const names = Object.keys(values).toSorted();
      const shape = entry(shapes, names.join(), () => ({ names, json, byValues: new Map<string, Set<T>>() }));
      entry(shape.byValues, valuesKey(names, values), () => new Set<T>()).add(member);
    },
    remove: ({ values }, member) => {
      const names = Object.keys(values).toSorted();
      const shape = shapes.get(names.join());
      const key = valuesKey(names, values);
      const members = shape?.byValues.get(key);
      members?.delete(member);
      if (members?.size === 0) shape?.byValues.delete(key);
      if (shape?.byValues.size === 0) shapes.delete(names.join());
    },
    *of(payload) {
      for (const { names, json, byValues } of shapes.values()) {
        const values = json.length === 0 ? payload : withJson(payload, json);
        yield* byValues.get(valuesKey(names, values)) ?? [];
      }
    },
  };
}

function valuesKey(names: readonly string[], values: Payload): string {
  return JSON.stringify(
    names.map((name) => (Object.hasOwn(values, name) ? ordered(values[name] ?? null) : null)),
  );
}

/** Equal objects have one text, in whatever order their members were written. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return members.map(([name, member]) => [name, ordered(member)]);
}

function withJson(payload: Payload, names: readonly string[]): Payload {
  const read = names.map((name) => [name, jsonOf(payload[name])]);
  return { ...payload, ...Object.fromEntries(read) };
}

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}
