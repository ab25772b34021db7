import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { FieldError } from '../errors.ts';

/** An entry of `errors`. Its keys and their order are AppSync's. */
export type ErrorShape = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

const NULL_FOR_NON_NULL = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/;
const NULL_VARIABLE =
  /^Variable "\$(\w+)" of (?:required|non-null) type "(.+)" (?:was not provided|must not be null)\.$/;

/** A document or its variables are wrong: three keys, no error type. */
export function validationError(error: GraphQLError): ErrorShape {
  const message = error.message.replace(
    NULL_VARIABLE,
    "Variable '$1' has coerced Null value for NonNull type '$2'", // what graphql-java says
  );
  return { path: null, locations: locationsOf(error), message };
}

/** An error of execution in AppSync's shape: six keys when a resolver or a limit says it, three otherwise. */
export function executionError(schema: GraphQLSchema, error: GraphQLError): ErrorShape {
  if (error.path === undefined) return validationError(error);
  const cause = error.originalError;
  if (cause instanceof FieldError) return fieldError(cause, error.path, locationsOf(error));
  const nullField = NULL_FOR_NON_NULL.exec(error.message);
  if (nullField !== null)
    return unresolved(
      error,
      nullMessage(schema, { parent: nullField[1], field: nullField[2], path: error.path }),
    );
  if (error.message.startsWith('Expected Iterable'))
    return unresolved(
      error,
      `Can't resolve value (${pathText(error.path)}) : type mismatch error, expected type LIST`,
    );
  return unresolved(error, `Can't serialize value (${pathText(error.path)}) : ${error.message}`);
}

export function fieldError(cause: FieldError, path: Path | null, locations: unknown): ErrorShape {
  const { data, errorType, errorInfo, message } = cause;
  return { path, data, errorType, errorInfo, locations, message };
}

export function locationsOf(error: Pick<GraphQLError, 'locations'>): unknown {
  return (error.locations ?? []).map(({ line, column }) => ({ line, column, sourceName: null }));
}

function unresolved({ path }: GraphQLError, message: string): ErrorShape {
  return { message, path, locations: null };
}

type NullField = {
  readonly parent: string | undefined;
  readonly field: string | undefined;
  readonly path: Path;
};

function nullMessage(schema: GraphQLSchema, { parent = '', field = '', path }: NullField): string {
  const type = schema.getType(parent);
  const output = isObjectType(type) ? type.getFields()[field]?.type : undefined;
  const name = output === undefined ? 'null' : nullTypeName(output, path);
  return `Cannot return null for non-nullable type: '${name}' within parent '${parent}' (${pathText(path)})`;
}

/** graphql-java has no name for a list type and says null. */
function nullTypeName(output: GraphQLOutputType, path: Path): string {
  let type: GraphQLOutputType = getNullableType(output);
  const indices = path.length - 1 - path.findLastIndex((part) => typeof part === 'string');
  for (let index = 0; index < indices && isListType(type); index += 1) type = getNullableType(type.ofType);
  return isListType(type) ? 'null' : getNamedType(type).name;
}

function pathText(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `/${part}`)).join('');
}
