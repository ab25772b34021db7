import { isObject } from '../json.ts';
import { Unsupported } from '../refusal.ts';
import { wildcard } from './conditions.ts';

/** The statements of a policy document, each with its Sid or, where it has none, its position from 1. */
export function statementsOf(
  policy: Readonly<Record<string, unknown>> | null,
): readonly { readonly statement: unknown; readonly name: string }[] {
  return listOf(policy?.['Statement']).map((statement, index) => ({
    statement,
    name: nameOf(statement, index),
  }));
}

/** `Action` and `Resource`, or their `Not…` forms. Actions do not care for the case of letters; resources do. */
export function matcher(
  statement: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource',
  where: string,
): (value: string) => boolean {
  const negated = statement[element] === undefined;
  const given = listOf(statement[negated ? `Not${element}` : element]);
  if (given.length === 0) throw new Unsupported(`${where}, has no ${element}.`);
  const patterns = given.map((pattern) => {
    if (typeof pattern === 'string' && !/\$\{(?![*?$]\})/.test(pattern)) {
      return wildcard(pattern, element === 'Action' ? 'i' : '');
    }
    throw new Unsupported(
      `${where}, has the ${element} ${JSON.stringify(pattern)}, which is not supported locally.`,
    );
  });
  return (value) => patterns.some((pattern) => pattern.test(value)) !== negated;
}

/** A member that may hold one value or a list of them. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function nameOf(statement: unknown, index: number): string {
  const sid = isObject(statement) ? statement['Sid'] : undefined;
  return typeof sid === 'string' && sid !== '' ? sid : String(index + 1);
}
