import { isObject } from '../../../ground/json.ts';
import { conditionOf, type Condition } from './conditions.ts';
import { InvalidPattern } from './invalidPattern.ts';
import { fieldOf, leavesOf } from './eventValues.ts';

/** Whether an event, or an object inside it, has what the pattern wants. */
export type Matches = (value: unknown) => boolean;

const MIN_ALTERNATIVES = 2;

/** Prepares an EventBridge event pattern. Throws InvalidPattern for what EventBridge would refuse. */
export function compilePattern(pattern: unknown): Matches {
  if (!isObject(pattern)) throw new InvalidPattern('an event pattern must be an object');
  return compileObject(pattern, '');
}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): Matches {
  const tests = Object.entries(pattern).map(([name, wanted]) =>
    name === '$or' ? compileOr(wanted, path) : compileField(name, wanted, path),
  );
  if (tests.length === 0) throw new InvalidPattern(`${path || 'the pattern'} is empty`);
  const matchesAll: Matches = (value) => tests.every((test) => test(value));
  // The fields wanted of an array's objects must be found in one of them.
  const matches: Matches = (value) =>
    Array.isArray(value) && value.length > 0 ? value.some(matches) : matchesAll(value);
  return matches;
}

function compileOr(wanted: unknown, path: string): Matches {
  const alternatives: readonly unknown[] = Array.isArray(wanted) ? wanted : [];
  if (alternatives.length < MIN_ALTERNATIVES || !alternatives.every(isObject)) {
    throw new InvalidPattern(`$or${path && ` in ${path}`} needs a list of at least two objects`);
  }
  const tests = alternatives.map((alternative) => compileObject(alternative, path || '$or'));
  return (value) => tests.some((test) => test(value));
}

function compileField(name: string, wanted: unknown, path: string): Matches {
  const [first = '', ...rest] = name.split('.');
  const inner = path === '' ? first : `${path}.${first}`;
  const test = compileValue(rest.length > 0 ? { [rest.join('.')]: wanted } : wanted, inner);
  return (value) => test(fieldOf(value, first));
}

function compileValue(wanted: unknown, path: string): Matches {
  if (Array.isArray(wanted)) return compileList(wanted, path);
  if (isObject(wanted)) return compileObject(wanted, path);
  throw new InvalidPattern(`${path} must be an object or a list`);
}

function compileList(wanted: readonly unknown[], path: string): Matches {
  if (wanted.length === 0) throw new InvalidPattern(`the list at ${path} is empty`);
  const conditions = wanted.map((one) => conditionOf(one, path));
  return (value) => {
    const leaves = leavesOf(value);
    return conditions.some((condition) => holds(condition, leaves));
  };
}

function holds(condition: Condition, leaves: readonly unknown[]): boolean {
  return leaves.length === 0 ? condition.matchesAbsence : leaves.some(condition.matches);
}
