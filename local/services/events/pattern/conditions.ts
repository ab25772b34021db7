import { isObject } from '../../../ground/json.ts';
import { anythingBut } from './anythingBut.ts';
import { cidr } from './cidr.ts';
import { InvalidPattern } from './invalidPattern.ts';
import { numeric } from './numeric.ts';
import { equalsIgnoringCase, prefix, suffix, wildcard, type TestValue } from './textConditions.ts';

export type Condition = {
  readonly matches: TestValue;
  /** What it says of a field that the event does not have. */
  readonly matchesAbsence: boolean;
};

type Operator = (argument: unknown, path: string) => Condition;

/** EventBridge's comparison operators, by their names in a pattern. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: ofPresent(prefix),
  suffix: ofPresent(suffix),
  'equals-ignore-case': ofPresent(equalsIgnoringCase),
  wildcard: ofPresent(wildcard),
  numeric: ofPresent(numeric),
  cidr: ofPresent(cidr),
  'anything-but': ofPresent(anythingBut),
  exists,
};

/** One entry of a list in a pattern: a value, or an object with one operator. */
export function conditionOf(wanted: unknown, path: string): Condition {
  if (Array.isArray(wanted)) throw new InvalidPattern(`the list at ${path} holds a list`);
  if (!isObject(wanted)) return { matches: (value) => value === wanted, matchesAbsence: false };
  const [[name, argument] = ['', null], ...others] = Object.entries(wanted);
  if (others.length > 0 || name === '') {
    throw new InvalidPattern(`an entry of ${path} must have exactly one operator`);
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) throw new InvalidPattern(`${path} uses the unknown operator ${name}`);
  return operator(argument, path);
}

function ofPresent(test: (argument: unknown, path: string) => TestValue): Operator {
  return (argument, path) => ({ matches: test(argument, path), matchesAbsence: false });
}

function exists(argument: unknown, path: string): Condition {
  if (typeof argument !== 'boolean') throw new InvalidPattern(`exists at ${path} must be true or false`);
  return { matches: () => argument, matchesAbsence: !argument };
}
