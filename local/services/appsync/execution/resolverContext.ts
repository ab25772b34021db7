import { identityOf } from '../access/caller.ts';
import type { Execution, FieldCall } from './execution.ts';
import { selectionTexts } from './selection.ts';

/** What every handler of one resolver run sees alike. */
export function resolverContext({ source, args, execution, info }: FieldCall): Record<string, unknown> {
  const selection = selectionTexts(info);
  return {
    arguments: args,
    args,
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

/** The event of a Lambda function that answers a field without code. */
export function directEvent(call: FieldCall): Readonly<Record<string, unknown>> {
  const { arguments: args, identity, source, request, info } = resolverContext(call);
  return { arguments: args, identity, source, request, prev: null, info, stash: {} };
}

/** AppSync hides cookies from resolvers. */
function visibleHeaders(headers: Execution['headers']): Readonly<Record<string, unknown>> {
  const { cookie: _hidden, ...visible } = headers;
  return visible;
}
