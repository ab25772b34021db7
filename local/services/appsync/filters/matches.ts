import type { Condition, Filter, Operator, Payload, Scalar } from './filter.ts';

type Test = (field: unknown, values: readonly Scalar[]) => boolean;

/** Case-sensitive. A field that is not in the payload passes the negative operators only. */
const TESTS: Readonly<Record<Operator, Test>> = {
  eq: (field, [value]) => field === value,
  ne: (field, [value]) => field !== value,
  le: (field, values) => compared(field, values[0], (order) => order <= 0),
  lt: (field, values) => compared(field, values[0], (order) => order < 0),
  ge: (field, values) => compared(field, values[0], (order) => order >= 0),
  gt: (field, values) => compared(field, values[0], (order) => order > 0),
  contains: (field, [value]) => contains(field, value),
  notContains: (field, [value]) => !contains(field, value),
  beginsWith: (field, [value]) => typeof field === 'string' && field.startsWith(String(value)),
  in: (field, values) => values.some((value) => value === field),
  notIn: (field, values) => !values.some((value) => value === field),
  between: (field, [low, high]) =>
    compared(field, low, (order) => order >= 0) && compared(field, high, (order) => order <= 0),
  containsAny: (field, values) => values.some((value) => contains(field, value)),
};

/** Whether an event passes: every condition of at least one group. */
export function matches({ groups }: Filter, payload: Payload): boolean {
  return groups.some((group) => group.every((condition) => holds(condition, payload)));
}

function holds({ path, operator, values }: Condition, payload: Payload): boolean {
  return TESTS[operator](fieldAt(payload, path), values);
}

export function fieldAt(payload: Payload, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Reflect.get(value, name);
  }
  return value ?? null;
}

/** Numbers by size, strings by their characters; other types and mixed ones have no order. */
function compared(field: unknown, value: Scalar | undefined, test: (order: number) => boolean): boolean {
  if (typeof field === 'number' && typeof value === 'number') return test(field - value);
  if (typeof field !== 'string' || typeof value !== 'string') return false;
  return test(field < value ? -1 : Number(field > value));
}

function contains(field: unknown, value: Scalar | undefined): boolean {
  if (typeof field === 'string') return field.includes(String(value));
  return Array.isArray(field) && field.includes(value);
}
