import type { Condition, Filter, Payload, Scalar } from './filter.ts';
import { fieldAt, matches } from './matches.ts';

type Entry<T> = { readonly filter: Filter; readonly members: Set<T>; readonly anchors: readonly Anchor[] };
/** A field and a value that every event for the filter has: where to look the filter up. */
type Anchor = { readonly field: string; readonly value: Scalar };

export type FilterIndex<T> = {
  readonly add: (filter: Filter, member: T) => void;
  readonly remove: (filter: Filter, member: T) => void;
  readonly of: (payload: Payload) => Iterable<T>;
};

/**
 * Members by their filter, equal filters once. Filters whose groups each ask a field for equality are found by that
 * field's value; only the others are tried one by one.
 */
export function filterIndex<T>(): FilterIndex<T> {
  const entries = new Map<string, Entry<T>>();
  const unanchored = new Set<Entry<T>>();
  const anchored = new Map<string, Map<Scalar, Set<Entry<T>>>>();

  function placesOf({ anchors }: Entry<T>): readonly Set<Entry<T>>[] {
    if (anchors.length === 0) return [unanchored];
    return anchors.map(({ field, value }) => {
      const byValue = anchored.get(field) ?? new Map<Scalar, Set<Entry<T>>>();
      anchored.set(field, byValue);
      const place = byValue.get(value) ?? new Set<Entry<T>>();
      byValue.set(value, place);
      return place;
    });
  }

  function forget(entry: Entry<T>): void {
    for (const place of placesOf(entry)) place.delete(entry);
    for (const { field, value } of entry.anchors) {
      if (anchored.get(field)?.get(value)?.size === 0) anchored.get(field)?.delete(value);
      if (anchored.get(field)?.size === 0) anchored.delete(field);
    }
    entries.delete(entry.filter.key);
  }

  function candidates(payload: Payload): Set<Entry<T>> {
    const found = new Set(unanchored);
    for (const [field, byValue] of anchored) {
      const value = fieldAt(payload, field.split('.'));
      for (const entry of isScalar(value) ? (byValue.get(value) ?? []) : []) found.add(entry);
    }
    return found;
  }

  return {
    add: (filter, member) => {
      const known = entries.get(filter.key);
      const entry = known ?? { filter, members: new Set<T>(), anchors: anchorsOf(filter) };
      entry.members.add(member);
      if (known !== undefined) return;
      entries.set(filter.key, entry);
      for (const place of placesOf(entry)) place.add(entry);
    },
    remove: (filter, member) => {
      const entry = entries.get(filter.key);
      entry?.members.delete(member);
      if (entry?.members.size === 0) forget(entry);
    },
    *of(payload) {
      for (const { filter, members } of candidates(payload)) {
        if (matches(filter, payload)) yield* members;
      }
    },
  };
}

/** None when a group has no equality: such a filter must be tried on every event. */
function anchorsOf({ groups }: Filter): readonly Anchor[] {
  const anchors = groups.map((group) => anchorsOfGroup(group));
  return anchors.some((group) => group.length === 0) ? [] : anchors.flat();
}

function anchorsOfGroup(group: readonly Condition[]): readonly Anchor[] {
  const equality = group.find(({ operator }) => operator === 'eq' || operator === 'in');
  return (equality?.values ?? []).map((value) => ({ field: equality?.path.join('.') ?? '', value }));
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
