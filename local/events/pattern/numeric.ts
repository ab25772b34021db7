import { InvalidPattern } from './invalidPattern.ts';
import type { TestValue } from './textTests.ts';

type Compare = (value: number, bound: number) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const LARGEST_BOUND = 5e9;
/** One comparison, or the two ends of a range; each is an operator and a number. */
const LENGTHS: readonly number[] = [2, 4];

export function numeric(argument: unknown, path: string): TestValue {
  if (!Array.isArray(argument) || !LENGTHS.includes(argument.length)) {
    throw new InvalidPattern(`numeric at ${path} takes one comparison or the two ends of a range`);
  }
  const tests: TestValue[] = [];
  for (let index = 0; index < argument.length; index += 2) {
    tests.push(comparison(argument[index], argument[index + 1], path));
  }
  return (value) => tests.every((test) => test(value));
}

function comparison(operator: unknown, bound: unknown, path: string): TestValue {
  const name = String(operator);
  const compare = Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (compare === undefined)
    throw new InvalidPattern(`numeric at ${path} uses the unknown comparison ${name}`);
  if (typeof bound !== 'number' || Math.abs(bound) > LARGEST_BOUND) {
    throw new InvalidPattern(`numeric at ${path} takes numbers between -5.0e9 and 5.0e9`);
  }
  return (value) => typeof value === 'number' && compare(value, bound);
}
