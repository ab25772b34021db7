import { type GraphQLResolveInfo, type GraphQLTypeResolver, isObjectType } from 'graphql';
import { FieldError } from '../errors.ts';

/** AppSync takes the type of a value of an interface or a union from its member `__typename`; the sentences are AppSync's. */
export const resolveType: GraphQLTypeResolver<unknown, unknown> = (value, _context, { schema }, type) => {
  const unknown = (why: string) =>
    new FieldError({
      message: `Could not determine the exact type of ${type.name}. ${why}`,
      errorType: 'BadRequestException',
    });
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unknown("Expected MAP/OBJECT type.'");
  const name: unknown = '__typename' in value ? value.__typename : null;
  if (typeof name !== 'string') throw unknown("Missing __typename key on value.'");
  const found: ReturnType<GraphQLResolveInfo['schema']['getType']> = schema.getType(name);
  if (isObjectType(found) && schema.isSubType(type, found)) return name;
  throw new FieldError({
    message: `Runtime Object type '${name}' is not a possible type for '${type.name}'.`,
    errorType: 'BadRequestException',
  });
};
