import { isObject } from '../../../ground/json.ts';
import { InvalidPattern } from './invalidPattern.ts';
import { checkBound } from './numeric.ts';
import { equalsIgnoringCase, prefix, suffix, wildcard, type TestValue } from './textConditions.ts';

const NESTED: Readonly<Record<string, (argument: unknown, path: string) => TestValue>> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoringCase,
};
const NEVER_EMPTY = new Set(['prefix', 'suffix']);

/** `{"anything-but": "a"}`, a number, a list of either, or an object with one operator for texts. */
export function anythingBut(argument: unknown, path: string): TestValue {
  if (!isObject(argument)) return noneOf(listOf(argument, path), path);
  const [[name, inner] = ['', null], ...others] = Object.entries(argument);
  const nested = Object.hasOwn(NESTED, name) ? NESTED[name] : undefined;
  if (nested === undefined || others.length > 0) {
    throw new InvalidPattern(`anything-but at ${path} uses the unknown operator ${name}`);
  }
  const texts = listOf(inner, path);
  if (texts.some((text) => isObject(text))) {
    throw new InvalidPattern(`anything-but at ${path} takes strings for ${name}`);
  }
  if (NEVER_EMPTY.has(name) && texts.includes('')) {
    throw new InvalidPattern(`anything-but at ${path} has an empty ${name}`);
  }
  const tests = texts.map((text) => nested(text, path));
  return (value) => !tests.some((test) => test(value));
}

function noneOf(unwanted: readonly unknown[], path: string): TestValue {
  const types = new Set(unwanted.map((one) => typeof one));
  if (types.size > 1 || !(types.has('string') || types.has('number'))) {
    throw new InvalidPattern(`anything-but at ${path} takes strings or numbers, and not both`);
  }
  if (types.has('number')) for (const one of unwanted) checkBound(one, 'anything-but', path);
  return (value) => !unwanted.includes(value);
}

function listOf(argument: unknown, path: string): readonly unknown[] {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length === 0) throw new InvalidPattern(`anything-but at ${path} has an empty list`);
  return list;
}
