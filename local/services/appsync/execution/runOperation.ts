import { execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { FieldError } from '../errors.ts';
import type { Operation } from '../documents/operation.ts';
import type { Execution } from './execution.ts';
import { executionError, fieldError, type ErrorShape } from './formatError.ts';
import { resolveField } from './resolveField.ts';
import { resolveType } from './resolveType.ts';

export type OperationResult = {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly ErrorShape[];
};

/** Runs a query or a mutation within the time that a request has. */
export function runOperation(
  schema: GraphQLSchema,
  { operation, execution, timeoutMilliseconds }: RunOptions,
): OperationResult | Promise<OperationResult> {
  const result = execute({
    schema,
    document: operation.document,
    operationName: operation.name ?? null,
    variableValues: execution.variables,
    contextValue: execution,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (!(result instanceof Promise)) return shaped(schema, result, execution);
  return withTimeout(
    result.then((done) => shaped(schema, done, execution)),
    timeoutMilliseconds,
  );
}

export type RunOptions = {
  readonly operation: Operation;
  readonly execution: Execution;
  readonly timeoutMilliseconds: number;
};

export function shaped(
  schema: GraphQLSchema,
  { data = null, errors = [] }: ExecutionResult,
  { appended }: Execution,
): OperationResult {
  if (errors.length === 0 && appended.length === 0) return { data, errors: [] };
  return { data, errors: [...errors.map((error) => executionError(schema, error)), ...appended] };
}

export async function withTimeout(
  result: Promise<OperationResult>,
  timeoutMilliseconds: number,
): Promise<OperationResult> {
  const { promise: late, resolve } = Promise.withResolvers<OperationResult>();
  const timer = setTimeout(() => resolve(timedOut()), timeoutMilliseconds);
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

function timedOut(): OperationResult {
  const error = new FieldError({ message: 'Execution timed out.', errorType: 'ExecutionTimeout' });
  return { data: null, errors: [fieldError(error, null, null)] };
}
