import { Kind } from 'graphql';
import { identityOf } from '../access/caller.ts';
import type { Execution, FieldCall } from './execution.ts';
import { selectionTexts } from './selection.ts';

/**
 * The arguments as AppSync makes them: one whose variable has no value is null, against the specification
 * (aws-appsync-community issues 348 and 394); one that is not written is absent.
 */
export function argumentsOf({ args, info }: Pick<FieldCall, 'args' | 'info'>): FieldCall['args'] {
  const written = info.fieldNodes[0]?.arguments ?? [];
  const unset = written.filter(
    ({ value }) => value.kind === Kind.VARIABLE && !Object.hasOwn(info.variableValues, value.name.value),
  );
  if (unset.length === 0) return args;
  return { ...args, ...Object.fromEntries(unset.map(({ name }) => [name.value, null])) };
}

/** What every handler of one resolver run sees alike. */
export function resolverContext({ source, args, execution, info }: FieldCall): Record<string, unknown> {
  const selection = selectionTexts(info);
  return {
    arguments: argumentsOf({ args, info }),
    identity: identityOf(execution.caller, execution.headers['x-forwarded-for']),
    source: source ?? null,
    request: { headers: visibleHeaders(execution.headers), domainName: null },
    info: {
      fieldName: info.fieldName,
      parentTypeName: info.parentType.name,
      variables: execution.variables,
      selectionSetList: selection.list,
      selectionSetGraphQL: selection.graphql,
    },
    env: execution.api.definition.environment,
  };
}

/** The event of a Lambda function that answers a field without code. What it sees of an unset variable is reported both ways; here nothing. */
export function directEvent(call: FieldCall): Readonly<Record<string, unknown>> {
  const { identity, source, request, info } = resolverContext(call);
  return { arguments: call.args, identity, source, request, prev: null, info, stash: {} };
}

/** AppSync hides cookies from resolvers. */
function visibleHeaders(headers: Execution['headers']): Readonly<Record<string, unknown>> {
  const { cookie: _hidden, ...visible } = headers;
  return visible;
}
