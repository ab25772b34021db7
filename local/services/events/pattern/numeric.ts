import { InvalidPattern } from './invalidPattern.ts';
import type { TestValue } from './textConditions.ts';

type Compare = (value: number, bound: number) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const LARGEST = 5e9;
const SIX_DECIMALS = /^-?\d+(?:\.\d{1,6})?$/;
/** One comparison, or the lower and the upper end of a range. */
const FORMS = /^(?:[<>]=?|=|>=?,<=?)$/;

export function numeric(argument: unknown, path: string): TestValue {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
  const operators = list.filter((_, index) => index % 2 === 0).map(String);
  const bounds = list.filter((_, index) => index % 2 === 1).map((one) => checkBound(one, 'numeric', path));
  const unknown = operators.find((name) => !Object.hasOwn(COMPARISONS, name));
  if (unknown !== undefined) {
    throw new InvalidPattern(`numeric at ${path} uses the unknown comparison ${unknown}`);
  }
  if (operators.length !== bounds.length || !FORMS.test(operators.join())) {
    throw new InvalidPattern(`numeric at ${path} takes one comparison or the two ends of a range`);
  }
  const [lower = 0, upper = lower] = bounds;
  if (lower > upper) throw new InvalidPattern(`numeric at ${path} has a range that ends before it begins`);
  return (value) =>
    isComparable(value) &&
    bounds.every((bound, index) => COMPARISONS[operators[index] ?? '']?.(value, bound) ?? false);
}

export function checkBound(bound: unknown, operator: string, path: string): number {
  if (isComparable(bound)) return bound;
  throw new InvalidPattern(
    `${operator} at ${path} takes numbers between -5.0e9 and 5.0e9 with at most six decimals`,
  );
}

/** EventBridge compares no other numbers: also one of an event is then neither more nor less. */
function isComparable(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST && SIX_DECIMALS.test(String(value));
}
