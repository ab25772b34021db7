import { getDirectiveValues, isListType, isNonNullType, type GraphQLSchema, type GraphQLType } from 'graphql';
import { ApiRefused } from '../errors.ts';

/** Which subscription fields each mutation field triggers, by `@aws_subscribe`. Throws ApiRefused. */
export function triggersOf(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const triggers = new Map<string, string[]>();
  const directive = schema.getDirective('aws_subscribe');
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    if (!directive || !field.astNode) continue;
    const names: unknown = getDirectiveValues(directive, field.astNode)?.['mutations'];
    for (const name of Array.isArray(names) ? names.map(String) : []) {
      const mutation = mutations[name];
      if (mutation === undefined) throw refused(field.name, `names the unknown mutation ${name}`);
      if (shape(mutation.type) !== shape(field.type))
        throw refused(field.name, `returns ${field.type}, but its mutation ${name} returns ${mutation.type}`);
      triggers.set(name, [...(triggers.get(name) ?? []), field.name]);
    }
  }
  return triggers;
}

/** AppSync compares return types without their non-null marks. */
function shape(type: GraphQLType): string {
  if (isNonNullType(type)) return shape(type.ofType);
  return isListType(type) ? `[${shape(type.ofType)}]` : String(type);
}

function refused(field: string, what: string): ApiRefused {
  return new ApiRefused(`The GraphQL schema is invalid: Subscription.${field} ${what}.`);
}
