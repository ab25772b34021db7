import { isObject } from '../../../ground/json.ts';
/** The values that conditions compare: a value itself, or each of an array's. Objects have none. */
export function leavesOf(value: unknown): readonly unknown[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
}

/** A field of an event. As on EventBridge, `{"a.b": 1}` and `{"a": {"b": 1}}` are the same. */
export function fieldOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  const field = Object.hasOwn(value, name) ? value[name] : undefined;
  const start = `${name}.`;
  const inner = Object.entries(value).filter(([key]) => key.startsWith(start));
  if (inner.length === 0) return field;
  const joined = Object.fromEntries(inner.map(([key, one]) => [key.slice(start.length), one]));
  if (isObject(field)) return { ...field, ...joined };
  return field === undefined ? joined : [field, joined].flat();
}
