import { isObject } from '../../../ground/json.ts';
import { InvalidPattern } from './invalidPattern.ts';

export type TestValue = (value: unknown) => boolean;

export function prefix(argument: unknown, path: string): TestValue {
  return affix(argument, { operator: 'prefix', path, test: (text, part) => text.startsWith(part) });
}

export function suffix(argument: unknown, path: string): TestValue {
  return affix(argument, { operator: 'suffix', path, test: (text, part) => text.endsWith(part) });
}

type Affix = {
  readonly operator: string;
  readonly path: string;
  readonly test: (text: string, part: string) => boolean;
};

/** `{"prefix": "a"}`, or `{"prefix": {"equals-ignore-case": "a"}}`. */
function affix(argument: unknown, { operator, path, test }: Affix): TestValue {
  if (!isObject(argument)) {
    const part = textOf(argument, operator, path);
    return (value) => typeof value === 'string' && test(value, part);
  }
  const [[name, inner] = ['', null], ...others] = Object.entries(argument);
  if (name !== 'equals-ignore-case' || others.length > 0) {
    throw new InvalidPattern(`${operator} at ${path} uses the unknown operator ${name}`);
  }
  const part = textOf(inner, `${operator} with equals-ignore-case`, path).toLowerCase();
  return (value) => typeof value === 'string' && test(value.toLowerCase(), part);
}

export function equalsIgnoringCase(argument: unknown, path: string): TestValue {
  const wanted = textOf(argument, 'equals-ignore-case', path).toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
}

/** `*` stands for any characters, `\*` and `\\` for themselves. */
export function wildcard(argument: unknown, path: string): TestValue {
  const parts = wildcardParts(textOf(argument, 'wildcard', path), path);
  return (value) => typeof value === 'string' && matchesParts(value, parts);
}

function textOf(argument: unknown, operator: string, path: string): string {
  if (typeof argument === 'string') return argument;
  throw new InvalidPattern(`${operator} at ${path} takes a string`);
}

/** The texts between the stars. */
function wildcardParts(pattern: string, path: string): readonly string[] {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(pattern)) {
    throw new InvalidPattern(`wildcard at ${path} has two stars in a row`);
  }
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[^]?|[^]/g)) {
    if (token === '*') parts.push('');
    else if (token.startsWith('\\') && token !== '\\*' && token !== '\\\\') {
      throw new InvalidPattern(`wildcard at ${path} has the unknown escape ${token}`);
    } else parts.push(`${parts.pop() ?? ''}${token.length > 1 ? token.slice(1) : token}`);
  }
  return parts;
}

/** Takes each part at its first place: no text can make this slow, as it can a regular expression. */
function matchesParts(value: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return value.length - last.length >= position && value.endsWith(last);
}
