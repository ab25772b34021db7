import type { Operation } from '../documents/operation.ts';

/** The operation that is meant, or why none is. An empty name counts as none, as in graphql-java. */
export function chooseOperation(operations: readonly Operation[], name: string | null): Operation | string {
  const [first, second] = operations;
  if (first === undefined) return 'Unable to parse GraphQL query.';
  if (name !== null && name !== '')
    return operations.find((operation) => operation.name === name) ?? `Unknown operation named '${name}'.`;
  return second === undefined ? first : 'Missing operation name.';
}
