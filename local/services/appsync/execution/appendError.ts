import type { GraphQLResolveInfo } from 'graphql';
import type { FieldError } from '../errors.ts';
import type { FieldCall } from './execution.ts';
import { fieldError, locationsOf } from './formatError.ts';

/** Adds an error to the answer without ending the field. */
export function appendError({ execution, info }: FieldCall, error: FieldError): void {
  const token = info.fieldNodes[0]?.loc?.startToken;
  const locations = token ? [{ line: token.line, column: token.column }] : [];
  execution.appended.push(fieldError(error, pathOf(info), locationsOf({ locations })));
}

function pathOf({ path }: Pick<GraphQLResolveInfo, 'path'>): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
    parts.unshift(step.key);
  return parts;
}
